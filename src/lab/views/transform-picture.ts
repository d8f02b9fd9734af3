import { applyRecipe, labelledRows } from '../../core/prepare/apply-recipe.js';
import { fitRecipe } from '../../core/prepare/fit-recipe.js';
import { sampleRows } from '../../core/prepare/leak.js';
import type { PrepareChoices, Recipe } from '../../core/prepare/recipe.js';
import { splitRows } from '../../core/prepare/split.js';
import { mixOutputs, stepOutputs } from '../../core/prepare/step-outputs.js';
import { profileTable, type ColumnProfile } from '../../core/table/profile.js';
import { columnOf, selectColumns, selectRows } from '../../core/table/select.js';
import type { Matrix, Table } from '../../core/table/table.js';
import { readCleaned } from '../cleaning/cleaned-data.js';
import { chooseDefaults, prepare } from '../prepare.js';
import type { Session } from '../project/session.js';
import { checkArgs, type Verb, type VerbArgs } from '../verb.js';

const MOST_OUTPUTS = 12;

/** A column of the training rows before and after its transform; of many rows, evenly chosen ones. */
export interface TransformPicture {
  readonly column: string;
  readonly rows: number;
  readonly before: ColumnProfile;
  /** Outputs that are numbers, each with its distribution. */
  readonly after: readonly ColumnProfile[];
  /** Outputs that are flags or weights of terms, by their mean, the greatest first. */
  readonly means: readonly { readonly name: string; readonly mean: number }[];
  /** How many outputs there are; the lists hold at most 12. */
  readonly outputs: number;
}

/** What `lab prepare` with these arguments makes of `column`. Throws what `fitRecipe` and `splitRows` throw. */
export async function transformPicture(session: Session, { column, ...args }: VerbArgs): Promise<TransformPicture> {
  checkArgs(prepare as unknown as Verb, args);
  const name = String(column);
  const { facts, cleaned: { table } } = await readCleaned(session);
  const choices = chooseDefaults(facts, table, args, (await session.catalogue()).find(({ id }) => id === facts.dataset)?.group);
  columnOf(table, name);
  const split = splitRows(table, choices.split, choices.target, choices.time);
  const rows = sampleRows(labelledRows(table, choices.target, split.train));
  const { recipe } = fitRecipe(table, rows, choicesAround(name, choices, table));
  const before = profileTable(selectRows(selectColumns(table, [name]), rows))[0]!;
  return { column: name, rows: rows.length, before, ...outputsOf(recipe, name, applyRecipe(recipe, table, rows)) };
}

/** The choices with only those columns as inputs that the column's own outputs depend on. */
function choicesAround(name: string, choices: PrepareChoices, table: Table): PrepareChoices {
  const { transforms = {}, target, drop } = choices;
  const spec = transforms[name] ?? '';
  const mix = /(?:^|\+)\s*(?:poly|interact|pca)\b[^+]*/.exec(spec)?.[0].replace(/^\+/, '').trim();
  const numbers = /(?:^|\+)\s*knn\b/.test(spec);
  const needed = table.columns.filter((column) => column.name !== target && !drop.includes(column.name) && (column.name === name || (numbers && column.type !== 'text' && column.type !== 'date') || (mix !== undefined && (transforms[column.name] ?? '').split('+').some((part) => part.trim() === mix)))).map((column) => column.name);
  return {
    ...choices,
    drop: table.columns.map((column) => column.name).filter((other) => other !== target && !needed.includes(other)),
    transforms: Object.fromEntries(Object.entries(transforms).filter(([other]) => needed.includes(other))),
  };
}

function outputsOf(recipe: Recipe, name: string, x: Matrix): Pick<TransformPicture, 'after' | 'means' | 'outputs'> {
  const step = recipe.steps.find((own) => own.name === name);
  const own = new Set([...(step ? stepOutputs(step) : []), ...(recipe.mixes ?? []).filter((mix) => mix.inputs.includes(name)).flatMap(mixOutputs)]);
  const columns = recipe.outputs.flatMap((output, at) => (own.has(output) ? [{ name: output, values: Float64Array.from({ length: x.rows }, (_, row) => x.data[row * x.columns + at]!) }] : []));
  const flags = step?.kind === 'one-hot' || step?.kind === 'text' || (step?.kind === 'bins' && !step.codes);
  const isFlag = (output: string): boolean => flags || output === `${name}?`;
  const means = columns.filter((column) => isFlag(column.name)).map((column) => ({ name: column.name, mean: column.values.reduce((sum, value) => sum + value, 0) / column.values.length }));
  const numbers = columns.filter((column) => !isFlag(column.name)).slice(0, MOST_OUTPUTS);
  return {
    after: profileTable({ rows: x.rows, columns: numbers.map((column) => ({ ...column, type: 'number' as const })) }),
    means: (step?.kind === 'bins' ? means : means.sort((a, b) => b.mean - a.mean)).slice(0, MOST_OUTPUTS),
    outputs: columns.length,
  };
}
