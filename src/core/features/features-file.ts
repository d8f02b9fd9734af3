import { stringify } from 'yaml';
import { parseIsoDate } from '../table/iso-date.js';
import { isList, isNumber, isOne, isWord, needed, optional, readSteps, type Check, type StepShape } from '../step-file.js';
import { DATE_PARTS, STATISTICS, type FeatureStep } from './feature-step.js';

/** Most steps of a recipe. */
export const MOST_STEPS = 100;
const MOST_BACK = 100_000;

const NAME = /^[\p{L}_][\p{L}\p{N}_ .:%-]{0,63}$/u;
/** A name that a new column may have. */
export const isName = (name: string): boolean => NAME.test(name) && name !== '__proto__';

const isNewName: Check = (value) => (typeof value === 'string' && isName(value) ? undefined : 'a name is expected: a letter, then at most 63 letters, digits, spaces, _ . : % -');
const isPair: Check = (value) => isList(isWord)(value) ?? ((value as readonly string[]).length === 2 ? undefined : 'two columns are expected');
const isCount: Check = (value) => (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_BACK ? undefined : `a whole number from 1 to ${MOST_BACK} is expected`);
const isReach: Check = (value) => (isNumber(value) === undefined && (value as number) > 0 && (value as number) <= MOST_BACK ? undefined : `a number above 0 and up to ${MOST_BACK} is expected`);
const isGap: Check = (value) => (isNumber(value) === undefined && (value as number) >= 0 && (value as number) <= MOST_BACK ? undefined : `a number from 0 to ${MOST_BACK} is expected`);
const isDate: Check = (value) => (typeof value === 'string' && !Number.isNaN(parseIsoDate(value)) ? undefined : 'an ISO date is expected');

const COLUMN = needed(isWord);
const BACKWARD: StepShape = { name: needed(isNewName), column: COLUMN, time: COLUMN, by: optional(isWord), gap: optional(isGap) };

/** The keys of each kind of step. */
const SHAPES: Readonly<Record<FeatureStep['do'], StepShape>> = {
  formula: { name: needed(isNewName), formula: COLUMN },
  combine: { name: needed(isNewName), of: needed(isPair), how: needed(isOne('product', 'ratio', 'difference', 'cross')) },
  date: { column: COLUMN, parts: needed(isList(isOne(...DATE_PARTS))), since: optional(isDate) },
  lag: { ...BACKWARD, rows: needed(isCount) },
  rolling: { ...BACKWARD, how: needed(isOne(...STATISTICS)), last: needed(isReach), unit: needed(isOne('rows', 'days')) },
  group: { name: needed(isNewName), column: COLUMN, by: COLUMN, how: needed(isOne(...STATISTICS)) },
  drop: { columns: needed(isList(isWord)) },
};

/** Reads a recipe of features; throws `bad-yaml` and `bad-features` {path, line, reason}. */
export const parseFeatures = (text: string, path: string): FeatureStep[] => readSteps(text, { path, code: 'bad-features', shapes: SHAPES, most: MOST_STEPS }) as unknown as FeatureStep[];

/** A recipe of features as a file. */
export const formatFeatures = (steps: readonly FeatureStep[]): string =>
  `# Columns made of the cleaned ones, before preparation; a step may read what an earlier one made.\n${stringify({ version: 1, steps }, { indentSeq: false })}`;
