import { LabError } from '../../lab-error.js';
import type { PlannedExpression } from '../plan/plan-types.js';
import type { Cell, Pieces } from './cells.js';

type CellNamed = (name: string) => Cell;
type Apply = (pieces: Pieces, of: readonly string[]) => string;

const unary = (op: string): Apply => ({ graph }, of) => graph.add(op, of);
const binary = (op: 'Add' | 'Sub' | 'Mul' | 'Div'): Apply => ({ math }, [a, b]) => math(op, a!, b!);
const eitherMissing = ({ graph }: Pieces, a: string, b: string): string => graph.add('Or', [graph.add('IsNaN', [a]), graph.add('IsNaN', [b])]);
const compared = (op: Parameters<Pieces['is']>[0], negate = false): Apply => (pieces, [a, b]) => {
  const truth = pieces.is(op, a!, b!);
  return pieces.where(eitherMissing(pieces, a!, b!), pieces.graph.scalar(NaN), pieces.count(negate ? pieces.graph.add('Not', [truth]) : truth));
};

/** Functions of numbers as `formula-functions.ts` has them. */
const NUMBERS: Readonly<Record<string, Apply>> = {
  '+': binary('Add'),
  '-': binary('Sub'),
  '*': binary('Mul'),
  '/': binary('Div'),
  // 1 to a power that is not known is not 1.
  '^': (pieces, [a, b]) => pieces.where(pieces.graph.add('IsNaN', [b!]), pieces.graph.scalar(NaN), pieces.math('Pow', a!, b!)),
  minus: unary('Neg'),
  '=': compared('Equal'),
  '!=': compared('Equal', true),
  '<': compared('Less'),
  '<=': compared('LessOrEqual'),
  '>': compared('Greater'),
  '>=': compared('GreaterOrEqual'),
  and: (pieces, [a, b]) => pieces.where(pieces.graph.add('Or', [pieces.is('Equal', a!, 0), pieces.is('Equal', b!, 0)]), pieces.graph.scalar(0), pieces.math('Mul', a!, b!)),
  or: (pieces, [a, b]) => pieces.where(pieces.graph.add('Or', [pieces.is('Equal', a!, 1), pieces.is('Equal', b!, 1)]), pieces.graph.scalar(1), pieces.math('Add', a!, b!)),
  not: ({ math }, [a]) => math('Sub', 1, a!),
  if: (pieces, [test, yes, no]) => pieces.where(pieces.graph.add('IsNaN', [test!]), pieces.graph.scalar(NaN), pieces.where(pieces.is('Equal', test!, 1), yes!, no!)),
  fill: (pieces, [a, b]) => pieces.where(pieces.graph.add('IsNaN', [a!]), b!, a!),
  missing: (pieces, [a]) => pieces.count(pieces.graph.add('IsNaN', [a!])),
  log: unary('Log'),
  log1p: (pieces, [a]) => pieces.graph.add('Log', [pieces.math('Add', a!, 1)]),
  log10: (pieces, [a]) => pieces.math('Div', pieces.graph.add('Log', [a!]), Math.LN10),
  exp: unary('Exp'),
  sqrt: unary('Sqrt'),
  abs: unary('Abs'),
  sign: unary('Sign'),
  sin: unary('Sin'),
  cos: (pieces, [a]) => pieces.graph.add('Sin', [pieces.math('Add', a!, Math.PI / 2)]),
  floor: unary('Floor'),
  ceil: unary('Ceil'),
  round: (pieces, [x, digits]) => {
    const scale = digits === undefined ? pieces.graph.scalar(1) : pieces.math('Pow', 10, digits);
    const whole = pieces.floor(pieces.math('Add', pieces.math('Mul', pieces.graph.add('Abs', [x!]), scale), 0.5));
    return pieces.math('Div', pieces.math('Mul', pieces.graph.add('Sign', [x!]), whole), scale);
  },
  mod: ({ math, floor }, [a, b]) => math('Sub', a!, math('Mul', b!, floor(math('Div', a!, b!)))),
  min: ({ graph }, of) => graph.add('Min', of),
  max: ({ graph }, of) => graph.add('Max', of),
};

/** A formula as nodes: numbers (truth as 0 and 1) or words. Throws `export-step` {step, column} for functions of words that no graph has. */
export function formulaNodes(pieces: Pieces, name: string, value: PlannedExpression, cellNamed: CellNamed): string {
  const node = (own: PlannedExpression): string => formulaNodes(pieces, name, own, cellNamed);
  if ('value' in value) return value.type === 'text' ? pieces.graph.constant('string', [1, 1], [value.value]) : pieces.row([value.value]);
  if ('column' in value) {
    const cell = cellNamed(value.column);
    if (cell.kind === 'pair') throw new LabError('export-step', { step: '×', column: name });
    return cell.value;
  }
  const { call, of } = value;
  const words = of.some(({ type }) => type === 'text');
  if (!words) return NUMBERS[call]!(pieces, of.map(node));
  if (call === 'missing') return pieces.count(pieces.missing({ kind: 'word', value: node(of[0]!) }));
  if (call === 'if') return pieces.where(pieces.is('Equal', node(of[0]!), 1), node(of[1]!), unless(pieces, node(of[0]!), node(of[2]!)));
  if (call === 'fill') return pieces.where(pieces.missing({ kind: 'word', value: node(of[0]!) }), node(of[1]!), node(of[0]!));
  if (call === '=' || call === '!=') return sameWord(pieces, name, call, of, node);
  throw new LabError('export-step', { step: call, column: name });
}

/** No word where the test is not known. */
const unless = (pieces: Pieces, test: string, word: string): string => pieces.where(pieces.graph.add('IsNaN', [test]), pieces.graph.constant('string', [1, 1], ['']), word);

/** A word against one that the formula names; ONNX of this version compares no others. */
function sameWord(pieces: Pieces, name: string, call: string, of: readonly PlannedExpression[], node: (value: PlannedExpression) => string): string {
  const literal = of.find((own): own is Extract<PlannedExpression, { value: string }> => 'value' in own && typeof own.value === 'string');
  const other = of.find((own) => own !== literal);
  if (!literal || !other) throw new LabError('export-step', { step: call, column: name });
  const words = literal.value === '' ? [] : [literal.value];
  const found = pieces.code(node(other), ['', ...words], [2, ...words.map(() => 1)], 0);
  const answers = call === '=' ? [0, 1, NaN] : [1, 0, NaN];
  return pieces.lookUp(answers.map((answer) => [answer]), found);
}
