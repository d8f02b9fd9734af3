import { equalWidthEdges, countBins, quantileEdges, sharesOf, sortedPresent } from '../../src/core/monitor/binner.js';
import { cramerVonMises } from '../../src/core/monitor/detectors/cramer-von-mises.js';
import { energyDistance } from '../../src/core/monitor/detectors/energy-distance.js';
import { hellinger } from '../../src/core/monitor/detectors/hellinger.js';
import { jensenShannon } from '../../src/core/monitor/detectors/jensen-shannon.js';
import { asymptoticKsPValue, exactKsPValue, ks } from '../../src/core/monitor/detectors/ks.js';
import { divergence } from '../../src/core/monitor/detectors/kullback-leibler.js';
import { mannWhitney } from '../../src/core/monitor/detectors/mann-whitney.js';
import { psi } from '../../src/core/monitor/detectors/psi.js';
import { totalVariation } from '../../src/core/monitor/detectors/total-variation.js';
import { standardDeviation, wasserstein, wassersteinDistance } from '../../src/core/monitor/detectors/wasserstein.js';
import { welchT } from '../../src/core/monitor/detectors/welch-t.js';
import { numbers, type VectorRunner } from './runner.js';

export const driftNumeric: VectorRunner = {
  file: 'drift_numeric',
  tolerance: (name) => (/_p$|pvalue_(asymp|auto)|p_asymptotic/.test(name) ? 1e-6 : undefined),
  run: ({ input }) => {
    const [ref, cur] = [numbers(input['ref']), numbers(input['cur'])];
    const [a, b] = [sortedPresent(ref), sortedPresent(cur)];
    const counts = {
      n_ref_after_dropping_nan: a.length,
      n_cur_after_dropping_nan: b.length,
      missing_rate_ref: 1 - a.length / ref.length,
      missing_rate_cur: 1 - b.length / cur.length,
      undefined: b.length === 0,
    };
    if (b.length === 0) return { ...counts, undefined: ks.measure(a, b).statistic === null };
    return { ...counts, ...sampleFigures(a, b), decile: binnedFigures(a, b, quantileEdges(a)), equal_width: binnedFigures(a, b, equalWidthEdges(a)) };
  },
};

function sampleFigures(a: Float64Array, b: Float64Array): Record<string, unknown> {
  const { statistic, pValue } = ks.measure(a, b);
  return {
    ks_statistic: statistic,
    ks_pvalue_auto: pValue,
    ks_pvalue_asymp: asymptoticKsPValue(a.length, b.length, statistic!),
    ks_pvalue_exact: exactKsPValue(a.length, b.length, statistic!),
    wasserstein: wassersteinDistance(a, b),
    ref_std_ddof0: standardDeviation(a),
    wasserstein_normalised: wasserstein.measure(a, b).statistic,
    welch_t: welchT.measure(a, b).statistic,
    welch_p: welchT.measure(a, b).pValue,
    mannwhitney_u_ref: mannWhitney.measure(a, b).statistic,
    mannwhitney_p_asymptotic: mannWhitney.measure(a, b).pValue,
    cramer_von_mises: cramerVonMises.measure(a, b).statistic,
    energy_distance: energyDistance.measure(a, b).statistic,
    mean_ref: meanOf(a),
    mean_cur: meanOf(b),
    std_cur_ddof0: standardDeviation(b),
  };
}

function binnedFigures(a: Float64Array, b: Float64Array, edges: Float64Array): Record<string, unknown> {
  if (edges.length < 3) return { edges, psi: null, note: 'reference has fewer than 2 usable bins' };
  const p = sharesOf(countBins(a, edges));
  const q = sharesOf(countBins(b, edges));
  return {
    edges,
    ref_proportions: p,
    cur_proportions: q,
    psi: psi.measure(p, q).statistic,
    jensen_shannon_distance_base2: jensenShannon.measure(p, q).statistic,
    kl_cur_given_ref_nats: divergence(q, p),
    kl_ref_given_cur_nats: divergence(p, q),
    hellinger: hellinger.measure(p, q).statistic,
    total_variation: totalVariation.measure(p, q).statistic,
  };
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
