import { cleanColumn } from '../core/clean/clean-column.js';
import { explainText, type TextExplanation } from '../core/explain/explain-text.js';
import { outputOf } from '../core/explain/model-output.js';
import { applyRecipe } from '../core/prepare/apply-recipe.js';
import type { TextStep } from '../core/prepare/recipe.js';
import { wordsColumn } from '../core/features/words-column.js';
import { cellText, columnOf, selectRows, withColumn } from '../core/table/select.js';
import type { runRows } from './evaluate.js';

/** A text of the row that is explained, by its words. */
export interface ExplainedText extends TextExplanation {
  readonly column: string;
}

/** The texts among a row's inputs, each explained by its words; `at` is the row of the table. */
export function explainTexts({ model, recipe, table }: Awaited<ReturnType<typeof runRows>>, at: number, encoded: Float64Array, output: number): ExplainedText[] {
  const answer = outputOf(model, output);
  return recipe.steps.filter((step): step is TextStep => step.kind === 'text').map((step) => {
    const text = cellText(cleanColumn(columnOf(table, step.name), recipe.clean ?? []), at);
    const ask = (texts: readonly string[]): Float64Array => {
      const copies = selectRows(table, texts.map(() => at));
      return answer(applyRecipe(recipe, withColumn(copies, wordsColumn(step.name, texts.map((own) => (own === '' ? undefined : own))))));
    };
    return { column: step.name, ...explainText({ step, text, row: encoded, placeOf: (term) => recipe.outputs.indexOf(`${step.name}:${term}`), model, output, ask }) };
  });
}

/** The words that count most, for the terminal. */
export function textLines({ column, words, unknown }: ExplainedText): string[] {
  const most = [...words].sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, 8);
  return [...most.map(({ term, share }) => `  ${share >= 0 ? '+' : '-'}${Math.abs(share).toPrecision(3).padEnd(9)} ${column}: ${term}`), ...(unknown.length > 0 ? [`  never seen in ${column}: ${unknown.slice(0, 12).join(', ')}`] : [])];
}
