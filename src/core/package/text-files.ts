import type { TokenChoice } from '../prepare/text-tokens.js';
import type { RecipePlan } from './plan/plan-types.js';
import { TERMS_PYTHON, TERMS_SCRIPT } from './scripts/terms-scripts.js';

/** How a column of text is cut, and words that stand for others before that. */
export type TermChoice = TokenChoice & { readonly swap: Readonly<Record<string, string>> };

/** The columns of text whose terms the model takes. */
export function termChoices({ columns, inputs }: RecipePlan): Record<string, TermChoice> {
  const swapOf = (name: string): Readonly<Record<string, string>> => columns.flatMap((column) => (column.kind === 'word' && column.name === name ? [column.swap] : []))[0] ?? {};
  return Object.fromEntries(inputs.flatMap((input) => (input.kind === 'terms' ? [[input.name, { ...input.tokens, swap: swapOf(input.name) }]] : [])));
}

/** What cuts texts outside the lab; nothing when the plan has none. `json` says how, for the Python part. */
export function textFiles(plan: RecipePlan, parts: { readonly script?: boolean; readonly python?: boolean }): Record<string, string> {
  const choices = termChoices(plan);
  if (Object.keys(choices).length === 0) return {};
  return {
    ...(parts.python ? { 'terms.json': `${JSON.stringify(choices, null, 2)}\n`, 'terms.py': TERMS_PYTHON } : {}),
    ...(parts.script ? { 'terms.mjs': TERMS_SCRIPT } : {}),
  };
}
