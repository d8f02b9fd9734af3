import { Ddm } from '../../src/core/monitor/streams/ddm.js';
import { Ewma } from '../../src/core/monitor/streams/ewma.js';
import { PageHinkley } from '../../src/core/monitor/streams/page-hinkley.js';
import { numbers, type VectorCase, type VectorRunner } from './runner.js';

export const streamDetectors: VectorRunner = {
  file: 'stream_detectors',
  run: (vector) => {
    if (vector.name.startsWith('ddm')) return errorRates(vector);
    if (vector.name.startsWith('page_hinkley')) return rises(vector);
    return vector.name.startsWith('ewma') ? averages(vector) : undefined;
  },
};

const valuesOf = ({ input }: VectorCase): number[] => ('errors' in input ? [...(input['errors'] as string)].map(Number) : [...numbers(input['x'])]);

function errorRates(vector: VectorCase): Record<string, unknown> {
  const { input } = vector;
  const detector = new Ddm({ minValues: input['min_instances'] as number, warningLevel: input['warning_level'] as number, driftLevel: input['drift_level'] as number });
  return { events: valuesOf(vector).flatMap((value, at) => [[at, detector.add(value)]]).filter(([, signal]) => signal) };
}

function rises(vector: VectorCase): Record<string, unknown> {
  const { input } = vector;
  const detector = new PageHinkley({ delta: input['delta'] as number, lambda: input['lambda_'] as number, alpha: input['alpha'] as number, minValues: input['min_instances'] as number });
  return { drift_indices: valuesOf(vector).flatMap((value, at) => (detector.add(value) ? [at] : [])) };
}

function averages(vector: VectorCase): Record<string, unknown> {
  const { input } = vector;
  const values = valuesOf(vector);
  const chart = new Ewma(values.slice(0, input['n0'] as number), { lambda: input['lambda_'] as number, width: input['L'] as number });
  const alarms = values.flatMap((value, at) => (chart.add(value) ? [at] : []));
  return { mu: chart.mean, sigma_ddof0: chart.deviation, first_alarm: alarms[0], n_alarms: alarms.length, z_last: chart.smoothed };
}
