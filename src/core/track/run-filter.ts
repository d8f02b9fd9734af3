import { LabError } from '../lab-error.js';
import { statusOf, type RunRecord } from './run.js';

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';
type Place = 'metric' | 'param' | 'tag' | 'attribute' | 'dataset';

interface Clause {
  readonly place: Place;
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly (string | number)[];
}

interface Token {
  readonly text: string;
  readonly kind: 'word' | 'quoted' | 'key' | 'number' | 'sign';
  readonly at: number;
}

const PLACES: Readonly<Record<string, Place>> = {
  metrics: 'metric', metric: 'metric', params: 'param', param: 'param', parameter: 'param', parameters: 'param', tags: 'tag', tag: 'tag',
  attributes: 'attribute', attribute: 'attribute', attr: 'attribute', run: 'attribute', dataset: 'dataset', datasets: 'dataset',
};
const NUMERIC = ['start_time', 'end_time'];
const ATTRIBUTES = [...NUMERIC, 'run_id', 'run_name', 'status', 'user_id', 'artifact_uri'];
const COMPARE: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];
const ALLOWED: Readonly<Record<Place, readonly Operator[]>> = {
  metric: COMPARE,
  param: ['=', '!=', 'LIKE', 'ILIKE', 'IS NULL', 'IS NOT NULL'],
  tag: ['=', '!=', 'LIKE', 'ILIKE', 'IS NULL', 'IS NOT NULL'],
  attribute: ['=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'],
  dataset: ['=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'],
};

/** What a run is, as MLflow names it: its tags carry commit and note, its attributes names and times. */
export interface SearchableRun {
  readonly record: Pick<RunRecord, 'id' | 'name' | 'model' | 'started' | 'durationMs' | 'dataDigest' | 'params' | 'metrics' | 'status'>;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Reads a filter in the grammar of MLflow's run search (`metrics.rmse < 3 AND params.l2 = '1'`; no OR, no parentheses) and gives the test of
 * a run. An empty filter lets all pass. Throws `bad-filter` {filter, at, expected}.
 */
export function parseRunFilter(filter: string): (run: SearchableRun) => boolean {
  const clauses = new FilterReader(filter).read();
  return (run) => clauses.every((clause) => holds(clause, valueOf(clause, run)));
}

class FilterReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(readonly filter: string) {
    this.#tokens = tokensOf(filter);
  }

  read(): Clause[] {
    const clauses: Clause[] = [];
    if (this.#tokens.length === 0) return clauses;
    do clauses.push(this.#clause());
    while (this.#takeWord('AND'));
    if (this.#next < this.#tokens.length) throw this.#fault('AND');
    return clauses;
  }

  #clause(): Clause {
    const first = this.#take('word', 'metrics, params, tags or an attribute');
    let place: Place = 'attribute';
    let key = first.text;
    if (this.#takeSign('.')) {
      place = PLACES[first.text.toLowerCase()] ?? this.#wrong(first, Object.keys(PLACES).join(', '));
      key = this.#key();
    }
    if (place === 'attribute' && !ATTRIBUTES.includes(key)) this.#wrong(first, ATTRIBUTES.join(', '));
    const { operator, token } = this.#operator();
    const allowed = place === 'attribute' && NUMERIC.includes(key) ? COMPARE : ALLOWED[place];
    if (!allowed.includes(operator)) this.#wrong(token, allowed.join(', '));
    return { place, key, operator, values: this.#values(operator, place === 'metric' || NUMERIC.includes(key)) };
  }

  /** Keys such as `test.rmse` are one key; others stand in backticks or double quotes. */
  #key(): string {
    const token = this.#tokens[this.#next];
    if (token?.kind === 'key') return this.#tokens[this.#next++]!.text;
    let key = this.#take('word', 'a key').text;
    while (this.#takeSign('.')) key += `.${this.#take('word', 'a key').text}`;
    return key;
  }

  #operator(): { operator: Operator; token: Token } {
    const token = this.#tokens[this.#next++] ?? this.#end('=, !=, <, <=, >, >=, LIKE, ILIKE, IN');
    const word = token.text.toUpperCase();
    if (token.kind === 'sign' && (COMPARE as readonly string[]).includes(word)) return { operator: word as Operator, token };
    if (token.kind === 'word' && (word === 'LIKE' || word === 'ILIKE' || word === 'IN')) return { operator: word, token };
    if (word === 'NOT' && this.#takeWord('IN')) return { operator: 'NOT IN', token };
    if (word === 'IS') {
      const not = this.#takeWord('NOT');
      if (this.#takeWord('NULL')) return { operator: not ? 'IS NOT NULL' : 'IS NULL', token };
    }
    return this.#wrong(token, '=, !=, <, <=, >, >=, LIKE, ILIKE, IN');
  }

  #values(operator: Operator, numeric: boolean): (string | number)[] {
    if (operator.startsWith('IS')) return [];
    if (!operator.endsWith('IN')) return [this.#value(numeric)];
    if (!this.#takeSign('(')) throw this.#fault('(');
    const values = [this.#value(false)];
    while (this.#takeSign(',')) values.push(this.#value(false));
    if (!this.#takeSign(')')) throw this.#fault(')');
    return values;
  }

  #value(numeric: boolean): string | number {
    if (numeric) return Number(this.#take('number', 'a number').text);
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'quoted' && token?.kind !== 'key') throw this.#fault('a quoted text');
    return this.#tokens[this.#next++]!.text;
  }

  #take(kind: Token['kind'], expected: string): Token {
    const token = this.#tokens[this.#next];
    if (token?.kind !== kind) throw this.#fault(expected);
    this.#next++;
    return token;
  }

  #takeSign(sign: string): boolean {
    const found = this.#tokens[this.#next]?.kind === 'sign' && this.#tokens[this.#next]!.text === sign;
    if (found) this.#next++;
    return found;
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#next];
    const found = token?.kind === 'word' && token.text.toUpperCase() === word;
    if (found) this.#next++;
    return found;
  }

  #wrong(token: Token, expected: string): never {
    throw new LabError('bad-filter', { filter: this.filter, at: token.at + 1, expected });
  }
  #end(expected: string): never {
    throw new LabError('bad-filter', { filter: this.filter, at: this.filter.length + 1, expected });
  }
  #fault(expected: string): LabError {
    return new LabError('bad-filter', { filter: this.filter, at: (this.#tokens[this.#next]?.at ?? this.filter.length) + 1, expected });
  }
}

const PATTERN = /\s*(?:(?<number>-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>[^"]*)"|`(?<tick>[^`]*)`|(?<word>[A-Za-z_][\w/-]*)|(?<sign>!=|<=|>=|[=<>.,()]))/iy;

function tokensOf(filter: string): Token[] {
  const tokens: Token[] = [];
  const text = filter.trimEnd();
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.length) {
    const from = PATTERN.lastIndex;
    const groups = PATTERN.exec(text)?.groups;
    if (!groups) throw new LabError('bad-filter', { filter, at: from + 1, expected: 'a word, a number or a quoted text' });
    const at = from + text.slice(from).search(/\S/);
    if (groups['number'] !== undefined) tokens.push({ kind: 'number', text: groups['number'], at });
    else if (groups['single'] !== undefined) tokens.push({ kind: 'quoted', text: groups['single'].replaceAll(/\\(.)/g, '$1'), at });
    else if (groups['double'] !== undefined || groups['tick'] !== undefined) tokens.push({ kind: 'key', text: groups['double'] ?? groups['tick']!, at });
    else if (groups['word'] !== undefined) tokens.push({ kind: 'word', text: groups['word'], at });
    else tokens.push({ kind: 'sign', text: groups['sign']!, at });
  }
  return tokens;
}

function valueOf({ place, key }: Clause, { record, tags }: SearchableRun): string | number | undefined {
  if (place === 'metric') return record.metrics[key];
  if (place === 'param') return key === 'model' ? record.model : record.params[key];
  if (place === 'tag') return tags[key];
  if (place === 'dataset') return key === 'digest' ? record.dataDigest.slice(0, 8) : key === 'name' ? 'raw' : key === 'context' ? 'training' : undefined;
  const attributes: Record<string, string | number> = { run_id: record.id, run_name: record.name, status: statusOf(record), user_id: 'learner', artifact_uri: `./${record.id}/artifacts`, start_time: record.started, end_time: record.started + record.durationMs };
  return attributes[key];
}

function holds({ operator, values }: Clause, value: string | number | undefined): boolean {
  if (operator === 'IS NULL') return value === undefined;
  if (operator === 'IS NOT NULL') return value !== undefined;
  // As in MLflow, a run that lacks the key is not found by any comparison.
  if (value === undefined) return false;
  const [wanted] = values as [string | number];
  switch (operator) {
    case '=': return value === wanted;
    case '!=': return value !== wanted;
    case '<': return value < wanted;
    case '<=': return value <= wanted;
    case '>': return value > wanted;
    case '>=': return value >= wanted;
    case 'LIKE': return likeOf(String(wanted), '').test(String(value));
    case 'ILIKE': return likeOf(String(wanted), 'i').test(String(value));
    case 'IN': return values.includes(value);
    case 'NOT IN': return !values.includes(value);
  }
}

/** SQL's LIKE: `%` is any text, `_` any one character. */
function likeOf(pattern: string, flags: string): RegExp {
  const parts = [...pattern].map((c) => (c === '%' ? '.*' : c === '_' ? '.' : c.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, `s${flags}`);
}
