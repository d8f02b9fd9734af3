import type { Hyperparameter } from '../../core/train/model.js';

/** What is worth searching first, by kind of model. */
const FIRST: Readonly<Record<string, string>> = {
  linear: 'l2=0.001..1000:log',
  lasso: 'l1=0.0001..10:log',
  logistic: 'c=0.001..1000:log',
  'k-nearest': 'k=1..50:log',
  'decision-tree': 'maxDepth=1..15,minRowsLeaf=1..50:log',
  'random-forest': 'columns=sqrt|third|all,minRowsLeaf=1..20:log',
  'gradient-boosting': 'learningRate=0.01..0.5:log,maxLeaves=3..63:log,minRowsLeaf=5..50:log',
  'conv-net': 'learningRate=0.001..0.01:log,filters=8|8x16|16x32',
  'coded-net': 'rateFactor=0.1..10:log',
  'text-linear': 'c=0.1..1000:log',
  'text-embedding': 'learningRate=0.001..0.05:log,dimensions=8..64:log',
  'dense-net': 'learningRate=0.001..0.1:log,layers=16|32x16|64x32',
};

/** A search that suits a kind of model: what is known to matter and exists, else its first number around its default. */
export function searchDefault(kind: string, parameters: readonly Hyperparameter[]): string {
  const named = parameters.flatMap(({ name, type, default: usual }) => (type === 'text' && usual !== '' ? [`${name}=${String(usual)}`] : []));
  const parts = (FIRST[kind] ?? '').split(',').filter((part) => parameters.some(({ name }) => part.startsWith(`${name}=`)));
  if (parts.length > 0) return [...named, ...parts].join(',');
  const first = parameters.find((one): one is Hyperparameter & { default: number } => typeof one.default === 'number' && one.default > 0);
  return first ? `${first.name}=${Math.max(first.min ?? 0, first.default / 10)}..${Math.min(first.max ?? Infinity, first.default * 10)}` : '';
}
