import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { applyRecipe, targetValues } from '../../../src/core/prepare/apply-recipe.js';
import { fitRecipe } from '../../../src/core/prepare/fit-recipe.js';
import { splitRows } from '../../../src/core/prepare/split.js';
import { handleInference } from '../../../src/core/serve/open-inference.js';
import { servedModel } from '../../../src/core/serve/served-model.js';
import { parseCsv } from '../../../src/core/table/csv-parser.js';
import { cellText, columnOf, isMissingCell } from '../../../src/core/table/select.js';
import type { Table } from '../../../src/core/table/table.js';
import { fitModel, predict } from '../../../src/core/train/fit.js';
import { inferReply } from './protocol-schema.js';

/** Prepares and fits on the training rows of a shipped set, and gives what evaluation and serving need. */
function train(file: string, target: string, drop: readonly string[], kind: string) {
  const { table } = parseCsv(readFileSync(`public/data/${file}`));
  const split = { kind: 'random', testShare: 0.2, seed: 7 } as const;
  const { train: rows, test: testRows } = splitRows(table, split, target);
  const { recipe } = fitRecipe(table, rows, { target, drop, categorical: [], impute: 'median', encode: 'one-hot', scale: 'standard', split });
  const data = { x: applyRecipe(recipe, table, rows), y: targetValues(recipe, table, rows), task: recipe.task, classes: recipe.classes?.length ?? 0, features: recipe.outputs };
  const steps = fitModel(kind, data, kind === 'linear' ? { l2: 1 } : {}, 7);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return { table, recipe, model: step.value, testRows };
}

/** Rows of a table as a client would send them. */
function bodyOf(table: Table, names: readonly string[], rows: Int32Array): string {
  const inputs = names.map((name) => {
    const column = columnOf(table, name);
    const words = column.type === 'text' || column.type === 'date';
    const data = [...rows].map((row) => (isMissingCell(column, row) ? null : column.type === 'text' || column.type === 'date' ? cellText(column, row) : column.values[row]!));
    return { name, shape: [rows.length], datatype: words ? 'BYTES' : 'FP64', data };
  });
  return JSON.stringify({ inputs });
}

describe('a model that was trained, behind the endpoint', () => {
  test.each([
    ['chicago_ridership.csv', 'ridership', ['date', 'busy'], 'linear'],
    ['penguins.csv', 'species', [], 'logistic'],
    ['telco_churn.csv', 'churn', [], 'logistic'],
  ] as const)('%s: the endpoint gives the numbers of the evaluation, bit for bit', (file, target, drop, kind) => {
    const { table, recipe, model, testRows } = train(file, target, drop, kind);
    const served = servedModel('m', 1, recipe, model, { applyRecipe, predict });
    const expected = predict(model, applyRecipe(recipe, table, testRows));
    const body = bodyOf(table, served.inputs.map((input) => input.name), testRows);
    const { status, body: reply } = handleInference({ method: 'POST', path: 'v2/models/m/infer', body }, [served]);
    expect(status, reply.slice(0, 300)).toBe(200);
    const { outputs } = v.parse(inferReply, JSON.parse(reply));
    const of = (name: string) => outputs.find((output) => output.name === name)?.data as number[];
    if (recipe.task === 'regression') expect(of('prediction')).toEqual([...expected]);
    else if (recipe.task === 'multiclass') expect(of('probabilities')).toEqual([...expected]);
    else expect(of('probabilities').filter((_, at) => at % 2 === 1)).toEqual([...expected]);
  });
});
