import { LabError, type ErrorData } from '../../../lab-error.js';
import { ACTIVATIONS, type CodePlace, type LayerPlan, type LossName, type NetPlan, type NetSubject } from './net-plan.js';

/** Layers in all, those inside others too. */
const MOST_LAYERS = 200;
const DEEPEST = 4;

type Rule = { readonly whole?: boolean; readonly min: number; readonly max: number; readonly usual?: number } | { readonly choices: readonly string[]; readonly usual?: string };
type Rules = Readonly<Record<string, Rule>>;

const ACTIVATION: Rule = { choices: ACTIVATIONS, usual: 'linear' };
const LAYERS: Readonly<Record<LayerPlan['kind'], Rules>> = {
  dense: { units: { whole: true, min: 1, max: 4096 }, activation: ACTIVATION },
  conv2d: { filters: { whole: true, min: 1, max: 256 }, size: { whole: true, min: 1, max: 11, usual: 3 }, activation: ACTIVATION },
  activation: { activation: { choices: ACTIVATIONS } },
  dropout: { rate: { min: 0, max: 0.95 } },
  batchNorm: { momentum: { min: 0, max: 0.9999, usual: 0.9 } },
  layerNorm: {},
  maxPool: { size: { whole: true, min: 2, max: 16, usual: 2 } },
  averageAll: {},
  flatten: {},
  rescale: {},
  residual: {},
};
const RATE: Rule = { min: 1e-7, max: 1e6 };
const OPTIMIZERS: Readonly<Record<string, Rules>> = { adam: { learningRate: { ...RATE, usual: 0.003 } }, sgd: { learningRate: { ...RATE, usual: 0.05 }, momentum: { min: 0, max: 0.999, usual: 0 } }, rmsprop: { learningRate: { ...RATE, usual: 0.001 } } };
const SCHEDULES: Readonly<Record<string, Rules>> = { constant: {}, cosine: { floor: { min: 0, max: 1, usual: 0 } }, step: { every: { whole: true, min: 1, max: 10000 }, factor: { min: 1e-4, max: 1, usual: 0.5 } } };
const NET: Rules = { epochs: { whole: true, min: 1, max: 10000, usual: 30 }, batchSize: { whole: true, min: 1, max: 65536, usual: 64 }, l2: { min: 0, max: 1e6, usual: 0 }, patience: { whole: true, min: 0, max: 10000, usual: 0 } };
const PARTS = ['layers', 'optimizer', 'loss', 'schedule', 'classWeights'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what learner code says a net is; nothing of it is believed. Throws `net-not-described` {reason}, `net-field` {layer, kind, field, value, expected},
 * `net-layer-unknown` {layer, kind, known}, `net-too-many-layers` {most}; each with file and line where they are known.
 */
export function readPlan(value: unknown, { task, classes }: Pick<NetSubject, 'task' | 'classes'>): NetPlan {
  const net = fieldsOf(value);
  if (!net || !Array.isArray(ownOf(net, 'layers'))) throw new LabError('net-not-described', { expected: '{ layers: [ … ] }' });
  const where = { layer: '', kind: 'net' };
  refuseOthers(net, [...Object.keys(NET), ...PARTS], where);
  const count = { left: MOST_LAYERS };
  const layers = readLayers(ownOf(net, 'layers') as readonly unknown[], '', count, 1);
  const optimizer = readKind(ownOf(net, 'optimizer') ?? { kind: 'adam' }, 'optimizer', OPTIMIZERS);
  const losses: readonly LossName[] = task === 'regression' ? ['mse', 'mae', 'huber'] : ['crossEntropy'];
  const { loss } = readFields(net, { loss: { choices: losses, usual: losses[0]! } }, where);
  return {
    ...(readFields(net, NET, where) as unknown as Pick<NetPlan, 'epochs' | 'batchSize' | 'l2' | 'patience'>),
    layers,
    optimizer: { momentum: 0, ...optimizer } as unknown as NetPlan['optimizer'],
    loss: loss as LossName,
    schedule: readKind(ownOf(net, 'schedule') ?? { kind: 'constant' }, 'schedule', SCHEDULES) as unknown as NetPlan['schedule'],
    classWeights: readClassWeights(ownOf(net, 'classWeights'), task === 'regression' ? 0 : classes),
  };
}

function readLayers(values: readonly unknown[], above: string, count: { left: number }, depth: number): LayerPlan[] {
  return values.map((value, at) => {
    const layer = `${above}${at + 1}`;
    if (count.left-- <= 0) throw new LabError('net-too-many-layers', { most: MOST_LAYERS });
    const fields = fieldsOf(value);
    const kind = fields && ownOf(fields, 'kind');
    if (typeof kind !== 'string' || !Object.hasOwn(LAYERS, kind)) throw new LabError('net-layer-unknown', { layer, kind: shown(kind ?? value), known: Object.keys(LAYERS), ...dataOf(readPlace(fields)) });
    return readLayer(fields!, kind as LayerPlan['kind'], layer, count, depth);
  });
}

function readLayer(fields: Fields, kind: LayerPlan['kind'], layer: string, count: { left: number }, depth: number): LayerPlan {
  const at = readPlace(fields);
  const where = { layer, kind, ...dataOf(at) };
  refuseOthers(fields, ['kind', 'at', ...Object.keys(LAYERS[kind]), ...(kind === 'residual' ? ['layers'] : [])], where);
  const base = { kind, ...readFields(fields, LAYERS[kind], where), ...(at ? { at } : {}) };
  if (kind !== 'residual') return base as unknown as LayerPlan;
  const inner = ownOf(fields, 'layers');
  if (!Array.isArray(inner) || inner.length === 0 || depth >= DEEPEST) throw new LabError('net-field', { ...where, field: 'layers', value: shown(inner), expected: depth >= DEEPEST ? `≤ ${DEEPEST} residuals deep` : '[ … ]' });
  return { ...base, kind, layers: readLayers(inner as readonly unknown[], `${layer}.`, count, depth + 1) };
}

function readKind(value: unknown, field: string, kinds: Readonly<Record<string, Rules>>): Record<string, unknown> {
  const fields = fieldsOf(value);
  const kind = fields && ownOf(fields, 'kind');
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) throw new LabError('net-field', { layer: '', kind: 'net', field, value: shown(kind ?? value), expected: Object.keys(kinds).map((name) => `${name}(…)`).join(' | ') });
  const where = { layer: '', kind: field };
  refuseOthers(fields!, ['kind', ...Object.keys(kinds[kind]!)], where);
  return { kind, ...readFields(fields!, kinds[kind]!, where) };
}

function readFields(fields: Fields, rules: Rules, where: ErrorData): Record<string, number | string> {
  return Object.fromEntries(Object.entries(rules).map(([field, rule]) => [field, readField(ownOf(fields, field), field, rule, where)]));
}

function readField(value: unknown, field: string, rule: Rule, where: ErrorData): number | string {
  if (value === undefined && rule.usual !== undefined) return rule.usual;
  if ('choices' in rule) {
    if (typeof value === 'string' && rule.choices.includes(value)) return value;
    throw new LabError('net-field', { ...where, field, value: shown(value), expected: rule.choices.join(' | ') });
  }
  const { whole = false, min, max } = rule;
  if (typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw new LabError('net-field', { ...where, field, value: shown(value), expected: `${min} … ${max}` });
}

function readClassWeights(value: unknown, classes: number): NetPlan['classWeights'] {
  if (value === undefined || value === 'none' || value === 'balanced') return value ?? 'none';
  const fits = Array.isArray(value) && value.length === classes && value.every((weight) => typeof weight === 'number' && weight > 0 && weight <= 1e6);
  if (!fits) throw new LabError('net-field', { layer: '', kind: 'net', field: 'classWeights', value: shown(value), expected: `'balanced' | [${Array.from({ length: classes }, () => '> 0').join(', ')}]` });
  return value as readonly number[];
}

function refuseOthers(fields: Fields, known: readonly string[], where: ErrorData): void {
  const other = Object.keys(fields).find((field) => !known.includes(field));
  if (other !== undefined) throw new LabError('net-field', { ...where, field: other.slice(0, 60), value: shown(fields[other]), expected: known.filter((field) => field !== 'kind' && field !== 'at').join(', ') || '—' });
}

const fieldsOf = (value: unknown): Fields | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined);
const ownOf = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);
const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')).slice(0, 60);
const dataOf = (place: CodePlace | undefined): ErrorData => (place ? { file: place.file, line: place.line } : {});

function readPlace(fields: Fields | undefined): CodePlace | undefined {
  const at = fields && fieldsOf(ownOf(fields, 'at'));
  const [file, line] = [at && ownOf(at, 'file'), at && ownOf(at, 'line')];
  return typeof file === 'string' && /^[\w./-]{1,200}$/.test(file) && typeof line === 'number' && Number.isInteger(line) && line > 0 ? { file, line } : undefined;
}
