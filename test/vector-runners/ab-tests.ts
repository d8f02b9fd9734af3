import { cohensH, compareProportions, rowsForPower } from '../../src/core/evaluate/ab-tests.js';
import { clopperPearsonInterval, normalInterval, wilsonInterval, type Interval } from '../../src/core/evaluate/intervals.js';
import { correctPValues } from '../../src/core/evaluate/multiple-testing.js';
import { mcnemar } from '../../src/core/evaluate/paired-tests.js';
import { cohensD, mannWhitney, studentT, welchT } from '../../src/core/evaluate/two-samples.js';
import { ks } from '../../src/core/monitor/detectors/ks.js';
import { quantileOfSorted } from '../../src/core/table/quantile.js';
import { numbers, type VectorCase, type VectorRunner } from './runner.js';

export const abTests: VectorRunner = {
  file: 'ab_tests',
  run: (vector) => {
    if (vector.name.startsWith('two_proportions')) return proportions(vector);
    if (vector.name.startsWith('latency')) return latencies(vector);
    if (vector.name.startsWith('sample_size')) return sampleSize(vector);
    if (vector.name.startsWith('multiple_testing')) return corrected(vector);
    return vector.name.startsWith('mcnemar') ? changes(vector) : undefined;
  },
};

const ends = (interval: Interval | null): number[] | null => interval && [interval.low, interval.high];

function proportions({ input }: VectorCase): Record<string, unknown> {
  const [x1, n1, x2, n2] = ['x1', 'n1', 'x2', 'n2'].map((name) => input[name]) as [number, number, number, number];
  const result = compareProportions(x1, n1, x2, n2);
  return {
    z_pooled: result.z,
    p_two_sided: result.pValue,
    wilson95_1: ends(wilsonInterval(x1, n1)),
    wilson95_2: ends(result.intervals[1]),
    normal95_1: ends(normalInterval(x1, n1)),
    clopper_pearson95_1: ends(clopperPearsonInterval(x1, n1)),
    fisher_p: result.fisherPValue,
    diff: result.difference,
  };
}

function latencies({ input }: VectorCase): Record<string, unknown> {
  const [a, b] = [numbers(input['a']), numbers(input['b'])];
  const [student, welch, ranks] = [studentT(a, b), welchT(a, b), mannWhitney(a, b)];
  const sorted = [a.slice().sort(), b.slice().sort()] as const;
  const gap = ks.compares === 'samples' ? ks.measure(...sorted) : undefined;
  const at = (share: number): number[] => sorted.map((values) => quantileOfSorted(values, share));
  return {
    student_t: student.statistic,
    student_p: student.pValue,
    welch_t: welch.statistic,
    welch_p: welch.pValue,
    mannwhitney_u: ranks.statistic,
    mannwhitney_p: ranks.pValue,
    ks: gap?.statistic,
    ks_p: gap?.pValue,
    cohen_d_pooled: cohensD(a, b),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

function sampleSize({ input }: VectorCase): Record<string, unknown> {
  const [p1, p2] = [input['p1'] as number, input['p2'] as number];
  return { cohen_h: cohensH(p1, p2), n_per_group: rowsForPower(p1, p2, { alpha: input['alpha'] as number, power: input['power'] as number }) };
}

function corrected({ input }: VectorCase): Record<string, unknown> {
  const p = numbers(input['p']);
  const falseFinds = correctPValues(p, 'benjamini-hochberg');
  return {
    bonferroni: correctPValues(p, 'bonferroni'),
    holm: correctPValues(p, 'holm'),
    bh_fdr: falseFinds,
    bh_reject: Array.from(falseFinds, (value) => value <= (input['alpha'] as number)),
  };
}

function changes({ input }: VectorCase): Record<string, unknown> {
  const { exactPValue, statistic, pValue } = mcnemar(input['b'] as number, input['c'] as number);
  return { exact_p: exactPValue, chi2_corrected: statistic, chi2_corrected_p: pValue };
}
