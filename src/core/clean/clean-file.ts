import { stringify } from 'yaml';
import { isAnyWord, isList, isMap, isNumber, isOne, isWord, needed, optional, readSteps, type StepShape } from '../step-file.js';
import type { YamlMapping, YamlValue } from '../yaml-lines.js';
import type { CleanStep } from './clean-step.js';

const COLUMNS = needed(isList(isWord));
const COLUMN = needed(isWord);

/** The keys of each kind of step. */
const SHAPES: Readonly<Record<CleanStep['do'], StepShape>> = {
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
export const parseCleaning = (text: string, path: string): CleanStep[] => readSteps(text, { path, code: 'bad-cleaning', shapes: SHAPES, either: { limit: ['low', 'high'] } }).map(asWords);

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
