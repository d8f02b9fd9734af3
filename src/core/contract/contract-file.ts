import { stringify } from 'yaml';
import { LabError } from '../lab-error.js';
import { parseIsoDate } from '../table/iso-date.js';
import { isYamlMapping, parseLinedYaml, type LinedYaml, type YamlValue } from '../yaml-lines.js';
import type { ColumnRules, Contract } from './contract.js';

type Path = readonly (string | number)[];
const TYPES = ['number', 'integer', 'boolean', 'date', 'text'];
const TOP = ['version', 'rows', 'freshness', 'others', 'requests', 'columns'];
const RULES = ['type', 'required', 'missing', 'min', 'max', 'allowed', 'unique'];

/** Reads a data contract; throws `bad-yaml` and `bad-contract` {path, line, reason}. */
export function parseContract(text: string, path: string): Contract {
  return new ContractReader(parseLinedYaml(text, path), path).read();
}

class ContractReader {
  constructor(
    private readonly yaml: LinedYaml,
    private readonly path: string,
  ) {}

  read(): Contract {
    const top = this.mapping(this.yaml.value, [], TOP);
    const columns = this.mapping(top['columns'] ?? null, ['columns']);
    const { others, requests } = top;
    if (others !== undefined && others !== 'allow' && others !== 'refuse') throw this.bad(['others'], 'others is allow or refuse');
    if (requests !== undefined && requests !== 'report' && requests !== 'reject') throw this.bad(['requests'], 'requests is report or reject');
    return {
      ...(top['rows'] === undefined ? {} : { rows: this.rows(top['rows']) }),
      ...(top['freshness'] === undefined ? {} : { freshness: this.freshness(top['freshness']) }),
      ...(others === undefined ? {} : { others }),
      ...(requests === undefined ? {} : { requests }),
      columns: Object.fromEntries(Object.entries(columns).map(([name, rules]) => [name, this.rules(rules, ['columns', name])])),
    };
  }

  private rows(value: YamlValue): { min?: number; max?: number } {
    const rows = this.mapping(value, ['rows'], ['min', 'max']);
    for (const [key, limit] of Object.entries(rows)) if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) throw this.bad(['rows', key], `${key} is a whole number of rows`);
    return rows as { min?: number; max?: number };
  }

  private freshness(value: YamlValue): { column: string; days: number } {
    const { column, days } = this.mapping(value, ['freshness'], ['column', 'days']);
    if (typeof column !== 'string') throw this.bad(['freshness'], 'freshness needs column');
    if (typeof days !== 'number' || days < 0) throw this.bad(['freshness', 'days'], 'days is a number from 0');
    return { column, days };
  }

  private rules(value: YamlValue, at: Path): ColumnRules {
    const { type, required, missing, min, max, allowed, unique } = this.mapping(value, at, RULES);
    if (typeof type !== 'string' || !TYPES.includes(type)) throw this.bad([...at, 'type'], `type is one of ${TYPES.join(', ')}`);
    for (const [key, given] of [['required', required], ['unique', unique]] as const) if (given !== undefined && typeof given !== 'boolean') throw this.bad([...at, key], `${key} is true or false`);
    if (missing !== undefined && !(typeof missing === 'number' && missing >= 0 && missing <= 1)) throw this.bad([...at, 'missing'], 'missing is a share from 0 to 1');
    const [low, high] = [this.bound(min, type, [...at, 'min']), this.bound(max, type, [...at, 'max'])];
    if (low !== undefined && high !== undefined && low > high) throw this.bad([...at, 'max'], 'max is below min');
    if (allowed !== undefined && !(Array.isArray(allowed) && allowed.every((item: YamlValue) => item !== null && typeof item !== 'object'))) throw this.bad([...at, 'allowed'], 'allowed is a list of values');
    const words = allowed === undefined ? {} : { allowed: (allowed as readonly YamlValue[]).map(String) };
    return { ...(value as object), ...words } as unknown as ColumnRules;
  }

  private bound(value: YamlValue | undefined, type: string, at: Path): number | undefined {
    if (value === undefined) return undefined;
    if (type === 'text' || type === 'boolean') throw this.bad(at, `a column of type ${type} has no range`);
    const read = typeof value === 'number' && type !== 'date' ? value : typeof value === 'string' && type === 'date' ? parseIsoDate(value) : NaN;
    if (Number.isNaN(read)) throw this.bad(at, type === 'date' ? 'a date such as 2024-01-31 is expected' : 'a number is expected');
    return read;
  }

  private mapping(value: YamlValue, at: Path, known?: readonly string[]): Readonly<Record<string, YamlValue>> {
    if (!isYamlMapping(value)) throw this.bad(at, `${at.at(-1) ?? 'the file'} is a mapping${known ? ` with ${known.join(', ')}` : ''}`);
    const odd = known && Object.keys(value).find((key) => !known.includes(key));
    if (odd !== undefined) throw this.bad([...at, odd], `${odd} is not known here; there are ${known!.join(', ')}`);
    return value;
  }

  private bad(at: Path, reason: string): LabError {
    return new LabError('bad-contract', { path: this.path, line: this.yaml.lineOf(at), reason });
  }
}

/** A contract as a file; reads back the same. */
export const formatContract = (contract: Contract): string =>
  `# What these data promise; "lab validate" checks it.\n${stringify({ version: 1, ...contract }, { indentSeq: false })}`;
