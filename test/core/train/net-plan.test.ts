import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import { summariseLayers } from '../../../src/core/train/nets/coded/layer-shapes.js';
import type { NetSubject } from '../../../src/core/train/nets/coded/net-plan.js';
import { subjectOf } from '../../../src/core/train/nets/coded/net-subject.js';
import { readPlan } from '../../../src/core/train/nets/coded/read-plan.js';
import { pixelNames } from '../../../src/core/table/image-columns.js';

const table = subjectOf({ features: ['a', 'b', 'c'], task: 'multiclass', classes: 4 }, 500);
const picture = subjectOf({ features: pixelNames(64), task: 'binary', classes: 2 }, 500);
const dense = (units: unknown, more: object = {}) => ({ kind: 'dense', units, ...more });

function outcome(value: unknown, subject: NetSubject = table): unknown {
  try {
    const plan = readPlan(JSON.parse(JSON.stringify(value)), subject);
    return summariseLayers(plan, subject).map(({ layer, kind, shape, weights }) => `${layer} ${kind} [${shape.join()}] ${weights}`);
  } catch (cause) {
    return LabError.from(cause).toJSON();
  }
}

describe('a net as learner code describes it', () => {
  it('is told layer by layer: what comes out and how many numbers are learned', () => {
    expect(table).toMatchObject({ inputs: 3, outputs: 4, shape: [3], classes: 4 });
    expect(outcome({ layers: [dense(5, { activation: 'relu' }), { kind: 'dropout', rate: 0.5 }, { kind: 'batchNorm' }, { kind: 'residual', layers: [dense(5), { kind: 'layerNorm' }] }, dense(4)] })).toEqual([
      '1 dense [5] 20', '2 dropout [5] 0', '3 batchNorm [5] 10', '4.1 dense [5] 30', '4.2 layerNorm [5] 10', '4 residual [5] 0', '5 dense [4] 24',
    ]);
  });

  it('is told for pictures too', () => {
    expect(picture.shape).toEqual([8, 8, 1]);
    expect(outcome({ layers: [{ kind: 'rescale' }, { kind: 'conv2d', filters: 4 }, { kind: 'maxPool', size: 3 }, { kind: 'conv2d', filters: 2, size: 1 }, { kind: 'flatten' }, dense(1)] }, picture)).toEqual([
      '1 rescale [8,8,1] 0', '2 conv2d [8,8,4] 40', '3 maxPool [2,2,4] 0', '4 conv2d [2,2,2] 10', '5 flatten [8] 0', '6 dense [1] 9',
    ]);
  });

  it('has defaults for all but its layers', () => {
    expect(readPlan({ layers: [dense(4)] }, table)).toEqual({
      layers: [{ kind: 'dense', units: 4, activation: 'linear' }], optimizer: { kind: 'adam', learningRate: 0.003, momentum: 0 }, epochs: 30, batchSize: 64, loss: 'crossEntropy', l2: 0, schedule: { kind: 'constant' }, patience: 0, classWeights: 'none',
    });
  });

  const at = { at: { file: 'nets/a.ts', line: 7 } };
  it.each<[string, unknown, string, object, NetSubject?]>([
    ['nothing', null, 'net-not-described', {}],
    ['a list', [dense(4)], 'net-not-described', {}],
    ['no layers', { layers: 'many' }, 'net-not-described', {}],
    ['an empty list of layers', { layers: [] }, 'net-output', { shape: '[3]' }],
    ['an unknown layer', { layers: [{ kind: 'attention', ...at }] }, 'net-layer-unknown', { layer: '1', kind: 'attention', file: 'nets/a.ts', line: 7 }],
    ['a layer by a name of every object', { layers: [{ kind: 'constructor' }] }, 'net-layer-unknown', { kind: 'constructor' }],
    ['a layer that is a word', { layers: ['dense'] }, 'net-layer-unknown', { kind: 'dense' }],
    ['a width of nonsense', { layers: [dense('NaN', at)] }, 'net-field', { layer: '1', kind: 'dense', field: 'units', value: 'NaN', expected: '1 … 4096', line: 7 }],
    ['half a unit', { layers: [dense(2.5)] }, 'net-field', { field: 'units', value: '2.5' }],
    ['an activation that is none', { layers: [dense(4, { activation: 'softmax' })] }, 'net-field', { field: 'activation', value: 'softmax' }],
    ['a field that does not exist', { layers: [dense(4)], learningrate: 1 }, 'net-field', { field: 'learningrate' }],
    ['a rate that is no number', { layers: [dense(4)], optimizer: { kind: 'adam', learningRate: 'NaN' } }, 'net-field', { kind: 'optimizer', field: 'learningRate', value: 'NaN' }],
    ['momentum for Adam', { layers: [dense(4)], optimizer: { kind: 'adam', momentum: 0.9 } }, 'net-field', { field: 'momentum' }],
    ['the wrong loss', { layers: [dense(4)], loss: 'mse' }, 'net-field', { field: 'loss', expected: 'crossEntropy' }],
    ['too few class weights', { layers: [dense(4)], classWeights: [1, 2] }, 'net-field', { field: 'classWeights' }],
    ['a weight of 0', { layers: [dense(4)], classWeights: [1, 2, 0, 1] }, 'net-field', { field: 'classWeights' }],
    ['the wrong end', { layers: [dense(8)] }, 'net-output', { shape: '[8]', outputs: 4 }],
    ['an activation at the end', { layers: [dense(4, { activation: 'sigmoid' })] }, 'net-output-activation', { activation: 'sigmoid' }],
    ['filters over a table', { layers: [{ kind: 'conv2d', filters: 3, ...at }, dense(4)] }, 'net-layer-shape', { layer: '1', kind: 'conv2d', shape: '[3]', line: 7 }],
    ['dense on a picture', { layers: [dense(1)] }, 'net-layer-shape', { layer: '1', needs: 'flatten()' }, picture],
    ['a pool larger than the picture', { layers: [{ kind: 'maxPool', size: 9 }, { kind: 'flatten' }, dense(1)] }, 'net-layer-shape', { kind: 'maxPool' }, picture],
    ['rescale in the middle', { layers: [dense(4), { kind: 'rescale' }, dense(4)] }, 'net-layer-shape', { layer: '2', kind: 'rescale' }],
    ['a residual of another shape', { layers: [{ kind: 'residual', layers: [dense(9)] }, dense(4)] }, 'net-layer-shape', { layer: '1', kind: 'residual', shape: '[9]', needs: '[3]' }],
    ['10,000 layers', { layers: Array.from({ length: 10_000 }, () => dense(4)) }, 'net-too-many-layers', { most: 200 }],
    ['10,000 layers in one another', { layers: [Array.from({ length: 4 }).reduce<object>((inner) => ({ kind: 'residual', layers: [inner] }), dense(3)), dense(4)] }, 'net-field', { field: 'layers' }],
    ['too many weights', { layers: [dense(4096), dense(4096), dense(4)] }, 'net-too-large', { most: 1_000_000 }],
  ])('refuses %s', (_name, value, code, data, subject = table) => {
    expect(outcome(value, subject)).toMatchObject({ code, data });
  });

  it('takes nothing from a prototype', () => {
    expect(outcome(JSON.parse('{"layers": [{"__proto__": {"kind": "dense", "units": 4}}]}'))).toMatchObject({ code: 'net-layer-unknown' });
    expect(() => readPlan(JSON.parse('{"layers": [{"kind": "dense", "units": 4, "__proto__": {"x": 1}}]}'), table)).toThrow('net-field');
    expect(outcome({ layers: [{ kind: 'dense', units: 4, at: { file: '<script>', line: 'x' } }] })).toEqual(['1 dense [4] 16']);
  });
});
