import { formulaError, readTokens, type Token } from './formula-tokens.js';

/** A parsed formula; `at` is the place in the text that an error names. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'column'; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly at: number };

const DEEPEST = 60;
const LEVELS: readonly (readonly string[])[] = [['or'], ['and'], ['=', '==', '!=', '<>', '<', '<=', '>', '>='], ['+', '-'], ['*', '/']];
const COMPARISON = 2;
const SAME: Readonly<Record<string, string>> = { '==': '=', '<>': '!=' };
const WORDS = new Set(['and', 'or', 'not', 'true', 'false']);

/**
 * Parses a formula: `or` binds weakest, then `and`, `not`, one comparison, `+ -`, `* /`, the sign, and `^` (from the right) strongest.
 * Operators come back as calls of their sign. Throws `bad-formula` {formula, position, fault}.
 */
export function parseFormula(formula: string): Expression {
  const parser = new Parser(formula);
  return parser.whole();
}

class Parser {
  private readonly tokens: readonly Token[];
  private place = 0;
  private depth = 0;

  constructor(private readonly formula: string) {
    this.tokens = readTokens(formula);
  }

  whole(): Expression {
    const found = this.level(0);
    const { kind, text, at } = this.now;
    if (kind !== 'end') throw formulaError(this.formula, at, 'unexpected', { seen: text });
    return found;
  }

  private get now(): Token {
    return this.tokens[this.place]!;
  }

  private is(...texts: readonly string[]): boolean {
    return (this.now.kind === 'sign' || this.now.kind === 'name') && texts.includes(this.now.text);
  }

  private deeper<T>(read: () => T): T {
    if (++this.depth > DEEPEST) throw formulaError(this.formula, this.now.at, 'too-deep', { expected: String(DEEPEST) });
    const found = read();
    this.depth--;
    return found;
  }

  private level(at: number): Expression {
    if (at === LEVELS.length) return this.signed();
    if (at === COMPARISON && this.is('not')) return this.negated();
    let left = this.level(at + 1);
    while (this.is(...LEVELS[at]!)) {
      const { text, at: place } = this.tokens[this.place++]!;
      const right = this.level(at + 1);
      left = { kind: 'call', name: SAME[text] ?? text, args: [left, right], at: place };
      // 1 < x < 3 is not what it looks like, so it is no formula.
      if (at === COMPARISON && this.is(...LEVELS[at]!)) throw formulaError(this.formula, this.now.at, 'unexpected', { seen: this.now.text });
    }
    return left;
  }

  private negated(): Expression {
    const { at } = this.tokens[this.place++]!;
    return { kind: 'call', name: 'not', args: [this.deeper(() => this.level(COMPARISON))], at };
  }

  private signed(): Expression {
    if (!this.is('-', '+')) return this.power();
    const { text, at } = this.tokens[this.place++]!;
    const inner = this.deeper(() => this.signed());
    return text === '+' ? inner : { kind: 'call', name: 'minus', args: [inner], at };
  }

  private power(): Expression {
    const base = this.value();
    if (!this.is('^')) return base;
    const { at } = this.tokens[this.place++]!;
    return { kind: 'call', name: '^', args: [base, this.deeper(() => this.signed())], at };
  }

  private value(): Expression {
    const token = this.tokens[this.place++]!;
    const { kind, text, at } = token;
    if (kind === 'number') return { kind, value: Number(text), at };
    if (kind === 'text') return { kind, value: text, at };
    if (kind === 'column') return { kind, name: text, at };
    if (kind === 'sign' && text === '(') {
      const inner = this.deeper(() => this.level(0));
      this.expect(')');
      return inner;
    }
    if (kind === 'name' && (text === 'true' || text === 'false')) return { kind: 'boolean', value: text === 'true', at };
    if (kind === 'name' && !WORDS.has(text)) return this.is('(') ? this.call(token) : { kind: 'column', name: text, at };
    throw formulaError(this.formula, at, 'expected-value', { seen: text });
  }

  private call({ text, at }: Token): Expression {
    this.place++;
    const args: Expression[] = [];
    if (!this.is(')')) {
      do args.push(this.deeper(() => this.level(0)));
      while (this.take(','));
    }
    this.expect(')');
    return { kind: 'call', name: text, args, at };
  }

  private take(sign: string): boolean {
    if (!this.is(sign)) return false;
    this.place++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw formulaError(this.formula, this.now.at, 'expected-sign', { seen: this.now.text, expected: sign });
  }
}

/** Names of the columns that a formula reads, each once. */
export function columnsOfFormula(expression: Expression): string[] {
  if (expression.kind === 'column') return [expression.name];
  return expression.kind === 'call' ? [...new Set(expression.args.flatMap(columnsOfFormula))] : [];
}
