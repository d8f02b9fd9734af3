import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunComparison } from '../../src/lab/compare.js';
import type { CrossValidationReport } from '../../src/lab/cross-validate.js';
import type { ExplanationReport } from '../../src/lab/explain.js';
import type { FairnessReport } from '../../src/lab/fairness.js';
import type { WeaknessReport } from '../../src/lab/weaknesses.js';
import { openLab } from './open-lab.js';

type Lab = Awaited<ReturnType<typeof openLab>>;

async function result<T>(lab: Lab, name: string, args = {}): Promise<T> {
  return (await lab.act(name, args)).result as T;
}

describe('judging a run on the mortgage applications', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
    await lab.act('collect', { dataset: 'hmda_boston' });
    await lab.act('prepare', { target: 'denied', drop: ['mortgage_insurance_denied', 'african_american'], split: 'stratified' });
    await lab.act('train', { model: 'logistic', name: 'logit' });
    await lab.act('evaluate');
    await lab.act('train', { model: 'decision-tree', name: 'tree', set: ['maxDepth=3'] });
    await lab.act('evaluate');
  });

  it('says in which range its figures lie with other rows of the same kind', async () => {
    const lines = await lab.act('evaluate', { run: 'logit', intervals: true });
    const { metrics, intervals } = lines.result as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> };
    for (const [name, { low, high }] of Object.entries(intervals)) {
      if (name === 'calibrationError') continue;
      expect(metrics[`test.${name}`], name).toBeGreaterThanOrEqual(low);
      expect(metrics[`test.${name}`], name).toBeLessThanOrEqual(high);
    }
    expect(intervals['auc']!.high - intervals['auc']!.low).toBeGreaterThan(0.02);
    expect(await lab.engine.view('intervals', { run: 'logit' })).toEqual(intervals);
  });

  it('cross-validates on the training rows alone and leaves a report', async () => {
    const report = await result<CrossValidationReport>(lab, 'cross-validate', { run: 'logit', folds: 5 });
    expect(report.choice).toMatchObject({ kind: 'stratified', k: 5 });
    const prepared = lab.engine.snapshot.prepared!;
    expect(report.folds.reduce((sum, { testRows }) => sum + testRows, 0)).toBe(prepared.trainRows);
    // scikit-learn's logistic regression has .775 on held rows of this set
    expect(Math.abs(report.summary['auc']!.mean! - 0.775)).toBeLessThan(0.03);
    expect(await lab.engine.view('report', { kind: 'crossValidation', run: 'logit' })).toEqual(JSON.parse(JSON.stringify(report)));
    expect(await lab.engine.view('report', { kind: 'crossValidation', run: 'tree' })).toBeUndefined();
    await expect(lab.engine.view('report', { kind: 'toString' })).rejects.toMatchObject({ code: 'flag-value' });
  });

  it('says whether one run is really better', async () => {
    const report = await result<RunComparison>(lab, 'compare', { run: 'logit', with: 'tree', folds: 5 });
    expect(report.values[0] - report.values[1]).toBeCloseTo(report.difference.estimate!, 10);
    expect(report.folds!.differences).toHaveLength(5);
    const back = await result<RunComparison>(lab, 'compare', { run: 'tree', with: 'logit', folds: 0 });
    expect(back.difference.estimate).toBeCloseTo(-report.difference.estimate!, 10);
    expect(back.wilcoxon.pValue).toBeCloseTo(report.wilcoxon.pValue!, 10);
    const outside = back.difference.low! > 0 || back.difference.high! < 0;
    expect(back.better === 'neither').toBe(!outside);
    expect(report.better === 'neither').toBe(report.folds!.test.pValue! >= 0.05);
  });

  it('refuses to compare a run with itself, or with one of other test rows', async () => {
    await expect(lab.act('compare', { run: 'tree', with: 'tree' })).rejects.toMatchObject({ code: 'same-run' });
    const other = await openLab();
    await other.act('collect', { dataset: 'penguins' });
    await other.act('prepare', { target: 'species', split: 'stratified' });
    await other.act('train', { model: 'naive-bayes', name: 'one' });
    await other.act('prepare', { target: 'species', split: 'random' });
    await other.act('train', { model: 'naive-bayes', name: 'two' });
    await expect(other.act('compare', { run: 'one', with: 'two' })).rejects.toMatchObject({ code: 'other-test-rows' });
    await expect(other.act('cross-validate', { run: 'one' })).rejects.toMatchObject({ code: 'run-other-preparation' });
  });

  it('counts each group of a protected column as one would by hand', async () => {
    const report = await result<FairnessReport>(lab, 'fairness', { run: 'logit', by: ['african_american'], chosen: 'no' });
    const detail = (await lab.engine.view('evaluation', { run: 'logit' })) as { predicted: readonly number[]; actual: readonly number[]; labels: readonly string[] };
    const csv = await readFile(new URL('../../public/data/hmda/hmda_boston.csv', import.meta.url), 'utf8');
    const [header, ...rows] = csv.trim().split('\n').map((line) => line.split(','));
    const column = header!.indexOf('african_american');
    for (const { group, rows: count, selectionRate, truePositiveRate } of report.view.groups) {
      const own = detail.labels.flatMap((label, at) => (rows[Number(label)]![column] === group ? [at] : []));
      expect(count).toBe(own.length);
      const granted = own.filter((at) => detail.predicted[at]! < 0.5);
      expect(selectionRate).toBeCloseTo(granted.length / own.length, 12);
      const deserving = own.filter((at) => detail.actual[at] === 0);
      expect(truePositiveRate).toBeCloseTo(granted.filter((at) => detail.actual[at] === 0).length / deserving.length, 12);
    }
    expect(report.privileged).toBe('no');
    expect(report.mitigation).toBeUndefined();
  });

  it('brings the groups together at a price that is told, by thresholds and by reweighing', async () => {
    const thresholds = await result<FairnessReport>(lab, 'fairness', { run: 'logit', by: ['african_american'], chosen: 'no', mitigate: 'threshold', criterion: 'demographic-parity' });
    const { mitigation } = thresholds;
    if (mitigation?.kind !== 'threshold') throw new Error('no thresholds');
    expect(mitigation.learned.gap).toBeLessThanOrEqual(0.02);
    expect(mitigation.price.after.parity.demographicParityDifference).toBeLessThan(mitigation.price.before.parity.demographicParityDifference);
    const reweighed = await result<FairnessReport>(lab, 'fairness', { run: 'logit', by: ['african_american', 'single'], mitigate: 'reweigh' });
    expect(reweighed.mitigation?.kind).toBe('reweigh');
    expect(reweighed.view.groups.map(({ group }) => group).sort()).toEqual(['no & no', 'no & yes', 'yes & no', 'yes & yes']);
  });

  it('explains one decision so that the parts add up, and finds changes that really turn it', async () => {
    const { explanation, counterfactuals, importance, cells } = await result<ExplanationReport>(lab, 'explain', { run: 'logit', row: 3, fixed: ['single'] });
    const logOdds = explanation.base + explanation.contributions.reduce((sum, part) => sum + part, 0);
    expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(explanation.predicted!, 9);
    expect(importance[0]!.mean).toBeGreaterThan(importance.at(-1)!.mean);
    expect(counterfactuals!.found.length).toBeGreaterThan(0);
    for (const { changes, prediction } of counterfactuals!.found) {
      expect(prediction >= 0.5).toBe(counterfactuals!.goal === 'yes');
      expect(changes.map(({ name }) => name)).not.toContain('single');
      for (const { name, from } of changes) expect(String(from)).toBe(cells[name]);
    }
  });

  it('turns the decision at the threshold that the run was judged with', async () => {
    await lab.act('evaluate', { run: 'logit', threshold: 0.1 });
    const { explanation, counterfactuals } = await result<ExplanationReport>(lab, 'explain', { run: 'logit', row: 3 });
    expect(counterfactuals!.goal).toBe(explanation.predicted! >= 0.1 ? 'no' : 'yes');
    for (const { prediction } of counterfactuals!.found) expect(prediction >= 0.1).toBe(counterfactuals!.goal === 'yes');
    await lab.act('evaluate', { run: 'logit', threshold: 0.5 });
  });

  it('draws dependence in the units of the data', async () => {
    const { dependence } = await result<ExplanationReport>(lab, 'explain', { run: 'tree', features: ['loan_to_value', 'self_employed'] });
    expect(dependence[1]!.points).toEqual(['no', 'yes']);
    const values = dependence[0]!.points.map(Number);
    expect(Math.min(...values)).toBeGreaterThan(0.1);
    expect(Math.max(...values)).toBeLessThan(2);
    await expect(lab.act('explain', { features: ['nothing'] })).rejects.toMatchObject({ code: 'unknown-column' });
    await expect(lab.act('explain', { row: 100000 })).rejects.toMatchObject({ code: 'flag-value' });
  });

  it('lists the worst rows and doubtful labels with their cells', async () => {
    const report = await result<WeaknessReport>(lab, 'weaknesses', { run: 'logit', curve: true });
    expect(report.worst).toHaveLength(20);
    expect(report.worst[0]!.size).toBeGreaterThanOrEqual(report.worst[19]!.size);
    expect(Object.keys(report.worst[0]!.cells)).toContain('loan_to_value');
    expect(report.suspects.length).toBeGreaterThan(0);
    for (const { given, said } of report.suspects) expect(given).not.toBe(said);
    const sizes = report.learningCurve!.map(({ rows }) => rows);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  });
});

describe('judging runs of other tasks', () => {
  it('works for numbers and for several classes, and refuses fairness without two classes', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'penguins' });
    await lab.act('prepare', { target: 'species', split: 'stratified' });
    await lab.act('train', { model: 'random-forest', set: ['trees=20'] });
    const { explanation } = await result<ExplanationReport>(lab, 'explain');
    expect(explanation.base + explanation.contributions.reduce((a, b) => a + b, 0)).toBeCloseTo(explanation.predicted!, 6);
    await lab.act('weaknesses');
    await lab.act('cross-validate', { folds: 3 });
    await expect(lab.act('fairness', { by: ['island'] })).rejects.toMatchObject({ code: 'wrong-task' });
    const numbers = await openLab();
    await numbers.act('collect', { dataset: 'concrete' });
    await numbers.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
    await numbers.act('train', { model: 'linear' });
    const groups = await result<CrossValidationReport>(numbers, 'cross-validate', { by: 'group', group: 'age' , folds: 4 });
    expect(groups.choice).toMatchObject({ kind: 'group', column: 'age' });
    const row = await result<ExplanationReport>(numbers, 'explain', { row: 1 });
    expect(row.explanation.base + row.explanation.contributions.reduce((a, b) => a + b, 0)).toBeCloseTo(row.explanation.predicted!, 8);
    await expect(numbers.act('cross-validate', { by: 'group' })).rejects.toMatchObject({ code: 'flag-required' });
    await expect(numbers.act('cross-validate', { by: 'time' })).rejects.toMatchObject({ code: 'flag-value' });
  });
});

describe('judging a run on cleaned data', () => {
  it('fits each fold on the rows as the recipe cleans them, and refuses a recipe that has changed since', async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'penguins_messy' });
    for (const step of [{ step: 'trim', columns: ['species'] }, { step: 'deduplicate' }]) await lab.act('clean', step);
    const { rows } = lab.engine.snapshot.data!;
    await lab.act('prepare', { target: 'species', split: 'stratified' });
    await lab.act('train', { model: 'decision-tree' });
    const { trainRows, testRows } = lab.engine.snapshot.prepared!;
    expect(trainRows + testRows).toBeLessThan(rows);
    const report = await result<CrossValidationReport>(lab, 'cross-validate', { folds: 3 });
    expect(report.folds.reduce((sum, fold) => sum + fold.testRows, 0)).toBe(trainRows);
    await lab.act('weaknesses');
    await lab.act('clean', { undo: true });
    await expect(lab.act('cross-validate')).rejects.toMatchObject({ code: 'run-other-preparation' });
    await expect(lab.act('train', { model: 'dummy' })).rejects.toMatchObject({ code: 'prepared-stale' });
  });
});

describe('runs that leave the lab', () => {
  it('are written for MLflow and TensorBoard and committed', async () => {
    const lab = await openLab();
    await expect(lab.act('export-runs', { format: 'mlflow' })).rejects.toMatchObject({ code: 'no-runs' });
    await lab.act('collect', { dataset: 'concrete' });
    await lab.act('prepare', { target: 'compressive_strength', drop: ['mix_id'], split: 'random' });
    await lab.act('train', { model: 'linear', name: 'a name/with a slash' });
    await lab.act('export-runs', { format: 'mlflow' });
    const { id } = lab.engine.snapshot.runs[0]!;
    expect(new TextDecoder().decode(await lab.platform.files.read(`mlruns/1/${id}/params/model`))).toBe('linear');
    await lab.act('export-runs', { format: 'tensorboard' });
    const [folder] = await lab.platform.files.list('runs');
    expect(folder).toBe(`a_name_with_a_slash-${id.slice(0, 8)}`);
  });
});
