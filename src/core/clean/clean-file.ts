import { stringify } from 'yaml';
import { LabError } from '../lab-error.js';
import { isYamlMapping, parseLinedYaml, type LinedYaml, type YamlMapping, type YamlValue } from '../yaml-lines.js';
import { CLEAN_KINDS, type CleanStep } from './clean-step.js';

type Check = (value: YamlValue) => string | undefined;

const isWord: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a word is expected');
const isAnyWord: Check = (value) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? undefined : 'a value is expected');
const isNumber: Check = (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : 'a number is expected');
const isList = (each: Check): Check => (value) => (Array.isArray(value) && value.length > 0 ? value.map((item: YamlValue) => each(item)).find((fault) => fault !== undefined) : 'a list with something in it is expected');
const isOne = (...words: readonly string[]): Check => (value) => (words.includes(value as string) ? undefined : `one of ${words.join(', ')} is expected`);
const isMap: Check = (value) => (isYamlMapping(value) && Object.values(value).every((to) => isAnyWord(to) === undefined) ? undefined : 'a mapping of values to values is expected');

const needed = (check: Check) => ({ check, needed: true });
const optional = (check: Check) => ({ check, needed: false });
const COLUMNS = needed(isList(isWord));
const COLUMN = needed(isWord);

/** The keys of each kind of step. */
const SHAPES: Readonly<Record<CleanStep['do'], Readonly<Record<string, { readonly check: Check; readonly needed: boolean }>>>> = {
  trim: { columns: COLUMNS, case: optional(isOne('lower', 'upper')) },
  missing: { columns: COLUMNS, values: needed(isList(isAnyWord)) },
  replace: { column: COLUMN, map: needed(isMap) },
  convert: { columns: COLUMNS, to: needed(isOne('number', 'integer', 'boolean', 'date', 'text')), decimal: optional(isOne('comma')), dates: optional(isOne('iso', 'dmy', 'mdy')) },
  rescale: { column: COLUMN, factor: needed(isNumber), offset: needed(isNumber), above: optional(isNumber), below: optional(isNumber) },
  limit: { column: COLUMN, low: optional(isNumber), high: optional(isNumber), act: needed(isOne('clip', 'missing', 'drop')), learned: optional(isOne('iqr', 'z')) },
  set: { key: COLUMN, row: needed(isAnyWord), column: COLUMN, value: needed(isAnyWord) },
  deduplicate: { by: optional(isList(isWord)), keep: needed(isOne('first', 'last')) },
  'drop-missing': { columns: COLUMNS },
};

/** Reads a cleaning recipe; throws `bad-yaml` and `bad-cleaning` {path, line, reason}. */
export function parseCleaning(text: string, path: string): CleanStep[] {
  const yaml = parseLinedYaml(text, path);
  const bad = (at: readonly (string | number)[], reason: string): LabError => new LabError('bad-cleaning', { path, line: yaml.lineOf(at), reason });
  if (yaml.value === null) return [];
  if (!isYamlMapping(yaml.value)) throw bad([], 'a mapping with steps is expected');
  const steps = yaml.value['steps'] ?? [];
  if (!Array.isArray(steps)) throw bad(['steps'], 'steps is a list');
  return steps.map((step: YamlValue, i) => readStep(yaml, path, step, i));
}

function readStep(yaml: LinedYaml, path: string, step: YamlValue, i: number): CleanStep {
  const bad = (key: string | undefined, reason: string): LabError => new LabError('bad-cleaning', { path, line: yaml.lineOf(['steps', i, ...(key === undefined ? [] : [key])]), reason });
  if (!isYamlMapping(step)) throw bad(undefined, 'a step is a mapping with do');
  const kind = step['do'] as CleanStep['do'];
  if (!CLEAN_KINDS.includes(kind)) throw bad('do', `do is one of ${CLEAN_KINDS.join(', ')}`);
  const { do: _do, ...given } = step;
  const shape = SHAPES[kind];
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(shape, key)) throw bad(key, `${kind} has no ${key}; it has ${Object.keys(shape).join(', ')}`);
    const fault = shape[key]!.check(value);
    if (fault !== undefined) throw bad(key, `${key}: ${fault}`);
  }
  for (const [key, { needed: must }] of Object.entries(shape)) if (must && !(key in given)) throw bad(undefined, `${kind} needs ${key}`);
  if (kind === 'limit' && !('low' in given) && !('high' in given)) throw bad(undefined, 'limit needs low or high');
  return asWords({ do: kind, ...given });
}

/** Values that are compared as text are text, also where YAML reads a number. */
function asWords(step: YamlMapping): CleanStep {
  const word = (value: YamlValue): string => String(value);
  const fixed: Record<string, YamlValue> = { ...step };
  if (step['do'] === 'missing') fixed['values'] = (step['values'] as readonly YamlValue[]).map(word);
  if (step['do'] === 'replace') fixed['map'] = Object.fromEntries(Object.entries(step['map'] as YamlMapping).map(([from, to]) => [from, word(to)]));
  if (step['do'] === 'set') Object.assign(fixed, { row: word(step['row']!), value: word(step['value']!) });
  return fixed as unknown as CleanStep;
}

/** A cleaning recipe as a file; what is known of each step stands in it, so that it reads back the same. */
export const formatCleaning = (steps: readonly CleanStep[]): string =>
  `# Cleaning, from the raw data to what is prepared; the order matters.\n${stringify({ version: 1, steps }, { indentSeq: false })}`;
