import { LabError } from './lab-error.js';
import { isYamlMapping, parseLinedYaml, type LinedYaml, type YamlMapping, type YamlValue } from './yaml-lines.js';

/** Says what is wrong with a value, or undefined. */
export type Check = (value: YamlValue) => string | undefined;

export const isWord: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a word is expected');
export const isAnyWord: Check = (value) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? undefined : 'a value is expected');
export const isNumber: Check = (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : 'a number is expected');
export const isList = (each: Check): Check => (value) => (Array.isArray(value) && value.length > 0 ? value.map((item: YamlValue) => each(item)).find((fault) => fault !== undefined) : 'a list with something in it is expected');
export const isOne = (...words: readonly string[]): Check => (value) => (words.includes(value as string) ? undefined : `one of ${words.join(', ')} is expected`);
export const isMap: Check = (value) => (isYamlMapping(value) && Object.values(value).every((to) => isAnyWord(to) === undefined) ? undefined : 'a mapping of values to values is expected');

export const needed = (check: Check) => ({ check, needed: true });
export const optional = (check: Check) => ({ check, needed: false });

/** The keys of one kind of step. */
export type StepShape = Readonly<Record<string, { readonly check: Check; readonly needed: boolean }>>;

/** A file of `steps`, each a mapping with its kind under `do`. */
export interface StepFile {
  readonly path: string;
  /** Code of the error for a fault, which gets {path, line, reason}. */
  readonly code: string;
  readonly shapes: Readonly<Record<string, StepShape>>;
  readonly most?: number;
  /** Keys of which a kind of step needs at least one. */
  readonly either?: Readonly<Record<string, readonly string[]>>;
}

/** Reads the steps of such a file, [] when it is empty; throws `bad-yaml` and the file's own code. */
export function readSteps(text: string, file: StepFile): YamlMapping[] {
  const yaml = parseLinedYaml(text, file.path);
  const bad = (at: readonly (string | number)[], reason: string): LabError => new LabError(file.code, { path: file.path, line: yaml.lineOf(at), reason });
  if (yaml.value === null) return [];
  if (!isYamlMapping(yaml.value)) throw bad([], 'a mapping with steps is expected');
  const steps = yaml.value['steps'] ?? [];
  if (!Array.isArray(steps)) throw bad(['steps'], 'steps is a list');
  if (file.most !== undefined && steps.length > file.most) throw bad(['steps', file.most], `at most ${file.most} steps are read`);
  return steps.map((step: YamlValue, i) => readStep(yaml, file, step, i));
}

function readStep(yaml: LinedYaml, { path, code, shapes, either = {} }: StepFile, step: YamlValue, i: number): YamlMapping {
  const bad = (key: string | undefined, reason: string): LabError => new LabError(code, { path, line: yaml.lineOf(['steps', i, ...(key === undefined ? [] : [key])]), reason });
  if (!isYamlMapping(step)) throw bad(undefined, 'a step is a mapping with do');
  const kind = String(step['do']);
  if (!Object.hasOwn(shapes, kind)) throw bad('do', `do is one of ${Object.keys(shapes).join(', ')}`);
  const { do: _do, ...given } = step;
  const shape = shapes[kind]!;
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(shape, key)) throw bad(key, `${kind} has no ${key}; it has ${Object.keys(shape).join(', ')}`);
    const fault = shape[key]!.check(value);
    if (fault !== undefined) throw bad(key, `${key}: ${fault}`);
  }
  for (const [key, { needed: must }] of Object.entries(shape)) if (must && !(key in given)) throw bad(undefined, `${kind} needs ${key}`);
  if (either[kind] && !either[kind].some((key) => key in given)) throw bad(undefined, `${kind} needs ${either[kind].join(' or ')}`);
  return { do: kind, ...given };
}
