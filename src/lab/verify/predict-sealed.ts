import type { Answers } from '../../core/evaluate/judge-claims.js';
import { LabError } from '../../core/lab-error.js';
import { targetValues } from '../../core/prepare/apply-recipe.js';
import { cellText, columnOf, withColumn } from '../../core/table/select.js';
import type { Column } from '../../core/table/table.js';
import { writeCsv } from '../../core/table/write-csv.js';
import { encodeJson } from '../project/artefacts.js';
import { readSources, STAGE_LIMITS } from '../project/run-stage.js';
import type { VerbContext } from '../verb.js';
import { readAnswers } from './read-answers.js';
import type { SealedRows } from './seal-rows.js';

/** What predicts: a model in the lab's format with its recipe, or code that exports `predict`. */
export type Predictor = { readonly by: 'model'; readonly model: string; readonly recipe: string } | { readonly by: 'code'; readonly file: string };

/** Where code that predicts is looked for. */
export const PREDICT_FILE = 'src/predict.ts';

const [ENTRY, TABLE, FACTS, ANSWER] = ['looplab-verify.ts', 'sealed/table.csv', 'sealed/facts.json', 'sealed/answer.json'];

const BEGIN = `const { types, rows } = readJson('${FACTS}');
const table = readTable('${TABLE}', types);
`;
const byModel = (model: string, recipe: string): string => `import { applyRecipe, predict, readJson, readTable, writeJson } from 'looplab';
${BEGIN}const [model, recipe] = [readJson(${JSON.stringify(model)}), readJson(${JSON.stringify(recipe)})];
const scores = predict(model, applyRecipe(recipe, table, Int32Array.from(rows)));
writeJson('${ANSWER}', { task: model.task, classes: recipe.classes ?? [], scores: Array.from(scores, (score) => (Number.isFinite(score) ? score : null)) });
`;
const byCode = (file: string): string => `import { readJson, readTable, writeJson } from 'looplab';
import * as written from ${JSON.stringify(`./${file}`)};
${BEGIN}writeJson('${ANSWER}', { answers: Array.from(plainOf(written.predict(table, rows))) });
function plainOf(value) { if (typeof value?.then === 'function') throw new Error('predict must not be async'); return value; }
`;

/** A model and a recipe among what the stages wrote, or `src/predict.ts`; flags name others. Throws `verify-no-model`. */
export function findPredictor(made: ReadonlyMap<string, Uint8Array>, named: { readonly model?: string; readonly recipe?: string; readonly predict?: string }, hasCode: boolean): Predictor {
  if (named.predict !== undefined) return { by: 'code', file: named.predict };
  const model = named.model ?? findJson(made, (value) => value['version'] === 1 && typeof value['kind'] === 'string' && 'state' in value);
  const recipe = named.recipe ?? findJson(made, (value) => Array.isArray(value['steps']) && Array.isArray(value['outputs']) && typeof value['target'] === 'string');
  if (model !== undefined && recipe !== undefined && made.has(model) && made.has(recipe)) return { by: 'model', model, recipe };
  if (hasCode) return { by: 'code', file: PREDICT_FILE };
  throw new LabError('verify-no-model');
}

function findJson(made: ReadonlyMap<string, Uint8Array>, fits: (value: Record<string, unknown>) => boolean): string | undefined {
  return [...made].find(([path, content]) => {
    if (!path.endsWith('.json')) return false;
    try {
      const value: unknown = JSON.parse(new TextDecoder().decode(content));
      return typeof value === 'object' && value !== null && fits(value as Record<string, unknown>);
    } catch {
      return false;
    }
  })?.[0];
}

/** Lets the sealed rows be predicted in the sandbox, their target taken out. Throws what the sandbox throws, `verify-bad-answer` {reason}. */
export async function predictSealed({ platform, signal }: VerbContext, predictor: Predictor, made: ReadonlyMap<string, Uint8Array>, sealed: SealedRows, seconds: number): Promise<Answers> {
  const { table, rows, target } = sealed;
  const types = Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
  const inputs = { ...Object.fromEntries(made), [TABLE]: writeCsv(withColumn(table, blank(columnOf(table, target), rows))), [FACTS]: encodeJson({ types, rows: [...rows], target }) };
  const isModel = predictor.by === 'model';
  const sources = { ...(isModel ? {} : await readSources(platform)), [ENTRY]: isModel ? byModel(predictor.model, predictor.recipe) : byCode(predictor.file) };
  const files = await platform.sandbox.run({ entry: ENTRY, sources, inputs, params: {}, argv: [], limits: { ...STAGE_LIMITS, milliseconds: seconds * 1000 } }, { signal, print: () => undefined }).catch((cause: unknown) => {
    const { code, data } = LabError.from(cause);
    if (data['file'] !== ENTRY) throw cause;
    // The lab's own lines fail only over what they were given.
    throw code === 'stage-error' ? new LabError('verify-bad-answer', { reason: String(data['message']) }) : new LabError(code, { ...data, file: isModel ? predictor.model : predictor.file });
  });
  const truth = Array.from(rows, (row) => cellText(columnOf(table, target), row));
  const numbers = sealed.recipe.task === 'regression' ? targetValues(sealed.recipe, table, rows) : undefined;
  return readAnswers(files.get(ANSWER), sealed.recipe, truth, numbers);
}

/** The column with the sealed rows missing. */
function blank(column: Column, rows: Int32Array): Column {
  if (column.type === 'text') {
    const codes = column.codes.slice();
    for (const row of rows) codes[row] = -1;
    return { ...column, codes };
  }
  const values = column.values.slice();
  for (const row of rows) values[row] = NaN;
  return { ...column, values };
}
