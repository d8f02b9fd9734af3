import { sharesOf } from '../../src/core/monitor/binner.js';
import { expectedCounts } from '../../src/core/monitor/contingency.js';
import { chiSquare, cramersV, yatesChiSquare } from '../../src/core/monitor/detectors/chi-square.js';
import { fisherExact } from '../../src/core/monitor/detectors/fisher-exact.js';
import { gTest } from '../../src/core/monitor/detectors/g-test.js';
import { jensenShannon } from '../../src/core/monitor/detectors/jensen-shannon.js';
import { divergence } from '../../src/core/monitor/detectors/kullback-leibler.js';
import { lInfinity } from '../../src/core/monitor/detectors/l-infinity.js';
import { psi } from '../../src/core/monitor/detectors/psi.js';
import { totalVariation } from '../../src/core/monitor/detectors/total-variation.js';
import { countLevels, unionOfLevels } from '../../src/core/monitor/levels.js';
import type { VectorCase, VectorRunner } from './runner.js';

export const driftCategorical: VectorRunner = {
  file: 'drift_categorical',
  tolerance: (name) => (name.endsWith('_p') ? 1e-6 : undefined),
  run: (vector) => {
    const { levels, reference, current } = readSamples(vector);
    const [p, q] = [sharesOf(reference), sharesOf(current)];
    return {
      levels_sorted: levels,
      ref_counts: reference,
      cur_counts: current,
      unseen_levels_in_cur: levels.filter((_, i) => reference[i] === 0 && current[i]! > 0),
      vanished_levels: levels.filter((_, i) => reference[i]! > 0 && current[i] === 0),
      ...testFigures(reference, current),
      psi: psi.measure(p, q).statistic,
      jensen_shannon_distance_base2: jensenShannon.measure(p, q).statistic,
      kl_cur_given_ref_nats: divergence(q, p),
      total_variation: totalVariation.measure(p, q).statistic,
      l_infinity: lInfinity.measure(p, q).statistic,
    };
  },
};

function readSamples({ input }: VectorCase): { levels: readonly string[]; reference: Float64Array; current: Float64Array } {
  if (input['ref_counts']) {
    const [ref, cur] = [input['ref_counts'], input['cur_counts']] as Record<string, number>[];
    const levels = unionOfLevels(Object.keys(ref!), Object.keys(cur!));
    return { levels, reference: pick(levels, ref!), current: pick(levels, cur!) };
  }
  const [ref, cur] = [input['ref'], input['cur']] as string[][];
  const levels = unionOfLevels(ref!, cur!);
  return { levels, reference: countLevels(ref!, levels), current: countLevels(cur!, levels) };
}

const pick = (levels: readonly string[], counts: Record<string, number>): Float64Array => Float64Array.from(levels, (level) => counts[level] ?? 0);

function testFigures(reference: Float64Array, current: Float64Array): Record<string, unknown> {
  const chi = chiSquare.measure(reference, current);
  const g = gTest.measure(reference, current);
  const yates = yatesChiSquare(reference, current);
  const expected = expectedCounts(reference, current);
  const rows = [...reference, ...current].reduce((total, count) => total + count, 0);
  return {
    chi2: chi.statistic,
    chi2_p: chi.pValue,
    dof: reference.length - 1,
    expected_counts: [expected.reference, expected.current],
    cells_expected_lt_5: [...expected.reference, ...expected.current].filter((count) => count < 5).length,
    cramers_v: cramersV(chi.statistic!, rows),
    chi2_yates: yates.statistic,
    chi2_yates_p: yates.pValue,
    fisher_exact_p: fisherExact.measure(reference, current).pValue,
    g_test: g.statistic,
    g_test_p: g.pValue,
  };
}
