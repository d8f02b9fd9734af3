import { cleanColumn } from '../clean/clean-column.js';
import { cellText, columnOf, isMissingCell } from '../table/select.js';
import type { Table } from '../table/table.js';
import { levelCodes } from './encoders.js';
import { numbersOf } from './fill-step.js';
import type { Recipe, RecipeStep } from './recipe.js';
import { isLevelStep } from './step-outputs.js';
import { termsOf } from './text-tokens.js';
import type { Column } from '../table/table.js';

/** Cells that the recipe has never seen the like of, counted by column: unknown levels, texts without a known term, numbers without a power. */
export function unseenValues(recipe: Recipe, table: Table): Readonly<Record<string, number>> {
  const counts = recipe.steps.map((step) => [step.name, countUnseen(step, cleanColumn(columnOf(table, step.name), recipe.clean ?? []), table.rows)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function countUnseen(step: RecipeStep, column: Column, rows: number): number {
  if (isLevelStep(step)) {
    const codes = levelCodes(column, step.type, step.levels, null);
    return codes.reduce((count, code, row) => count + Number(code < 0 && !isMissingCell(column, row)), 0);
  }
  if (step.kind === 'text') {
    const { vocabulary, tokens } = step.vectors;
    const known = new Set(vocabulary);
    return Array.from({ length: rows }, (_, row) => cellText(column, row)).filter((text) => text !== '' && !termsOf(text, tokens).some((term) => known.has(term))).length;
  }
  if (step.kind === 'power' && step.method === 'box-cox') return numbersOf(column, undefined, rows).reduce((count, value) => count + Number(value <= 0), 0);
  return 0;
}
