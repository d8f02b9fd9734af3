import { LabError } from '../lab-error.js';

/** A piece of a formula; `at` is its place in the text, from 0. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'column' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** What can be wrong with a formula. */
export type FormulaFault = 'too-long' | 'too-deep' | 'unknown-character' | 'unclosed' | 'expected-value' | 'expected-sign' | 'unexpected' | 'unknown-function' | 'arguments' | 'type';

/** The refusal of a formula: where (from 1) and why; `seen` and `expected` are pieces of the language. */
export function formulaError(formula: string, at: number, fault: FormulaFault, more: Readonly<Record<string, string>> = {}): LabError {
  return new LabError('bad-formula', { formula: formula.slice(0, 200), position: at + 1, fault, ...more });
}

/** Most characters of a formula. */
export const MOST_CHARACTERS = 1000;

const SPACE = /\s+/y;
const PIECES: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['sign', /<=|>=|!=|<>|==|[-+*/^<>=(),]/y],
];
const QUOTES: Readonly<Record<string, Token['kind']>> = { "'": 'text', '"': 'text', '`': 'column' };

/** The pieces of a formula, an `end` last. Text stands in quotes; a column's name may stand in backticks. Throws `bad-formula`. */
export function readTokens(formula: string): Token[] {
  if (formula.length > MOST_CHARACTERS) throw formulaError(formula, MOST_CHARACTERS, 'too-long', { expected: String(MOST_CHARACTERS) });
  const tokens: Token[] = [];
  let at = 0;
  while (at < formula.length) {
    SPACE.lastIndex = at;
    if (SPACE.test(formula)) {
      at = SPACE.lastIndex;
      continue;
    }
    const { token, next } = readToken(formula, at);
    tokens.push(token);
    at = next;
  }
  return [...tokens, { kind: 'end', text: '', at: formula.length }];
}

function readToken(formula: string, at: number): { token: Token; next: number } {
  const quote = formula[at]!;
  if (Object.hasOwn(QUOTES, quote)) {
    const close = formula.indexOf(quote, at + 1);
    if (close < 0) throw formulaError(formula, at, 'unclosed', { expected: quote });
    return { token: { kind: QUOTES[quote]!, text: formula.slice(at + 1, close), at }, next: close + 1 };
  }
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const found = pattern.exec(formula);
    if (found) return { token: { kind, text: found[0], at }, next: pattern.lastIndex };
  }
  throw formulaError(formula, at, 'unknown-character', { seen: String.fromCodePoint(formula.codePointAt(at)!) });
}
