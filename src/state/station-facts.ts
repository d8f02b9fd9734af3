import { STAGES, type RunSummary, type Snapshot, type Stage, type StageState } from '../lab/views/snapshot.js';
import type { FirstMessages } from '../i18n/first.en.js';
import type { Format } from '../i18n/format.js';

type Words = FirstMessages['shell']['facts'];

/** One station of the ring: its state and one short fact of the learner's own. */
export interface Station {
  readonly stage: Stage;
  readonly state: StageState;
  readonly fact: string;
}

const LOWER_IS_BETTER = ['rmse', 'mae', 'logLoss', 'log_loss', 'brier'];
const SHOWN_METRICS = ['rmse', 'auc', 'accuracy', 'f1', 'logLoss', 'log_loss'];
const METRIC_NAMES: Readonly<Record<string, string>> = { rmse: 'RMSE', auc: 'AUC', f1: 'F1', logLoss: 'log loss', log_loss: 'log loss' };

/** The best test metric among judged runs of the newest run's task, or undefined when none was judged. */
export function bestMetric(runs: readonly RunSummary[]): { metric: string; value: number } | undefined {
  const judged = runs.filter((run) => run.evaluated);
  const metric = SHOWN_METRICS.find((name) => judged.at(-1)?.metrics[`test.${name}`] !== undefined);
  if (metric === undefined) return undefined;
  const values = judged.map((run) => run.metrics[`test.${metric}`]).filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (values.length === 0) return undefined;
  return { metric, value: LOWER_IS_BETTER.includes(metric) ? Math.min(...values) : Math.max(...values) };
}

const factOf: Readonly<Record<Stage, (s: Snapshot, words: Words, format: Format) => string>> = {
  data: (s, words) => (s.data ? words.dataVersions(s.data.versions) : ''),
  train: (s, words) => (s.runs.length > 0 ? words.runs(s.runs.length) : ''),
  evaluate: (s, words, format) => {
    const best = bestMetric(s.runs);
    return best ? words.best(METRIC_NAMES[best.metric] ?? best.metric, format.number(best.value)) : '';
  },
  register: (s, words) => (s.versions.length > 0 ? words.versions(s.versions.length) : ''),
  deploy: (s, words) => {
    const [first, ...others] = s.services;
    return first === undefined ? '' : others.length > 0 ? words.services(s.services.length) : words.live(first.version);
  },
  monitor: (s, words) => {
    const alerts = s.monitors.reduce((sum, monitor) => sum + monitor.alerts.length, 0);
    return alerts > 0 ? words.alerts(alerts) : s.monitors.some((monitor) => monitor.windows.length > 0) ? words.noAlerts : '';
  },
  retrain: (s, words) => {
    if (s.comparison === undefined) return '';
    const { championValue, challengerValue, metric, challenger, champion } = s.comparison;
    const better = LOWER_IS_BETTER.includes(metric) ? challengerValue < championValue : challengerValue > championValue;
    return better ? words.challengerWins(challenger) : words.championHolds(champion);
  },
  retire: (s, words) => {
    const retired = s.versions.filter((version) => version.status === 'retired').length;
    return retired > 0 ? words.retired(retired) : '';
  },
};

/** The eight stations of a project; all empty (the first ready) while there is no snapshot yet. */
export function stationsOf(snapshot: Snapshot | undefined, words: Words, format: Format): Station[] {
  return STAGES.map((stage) => ({
    stage,
    state: snapshot?.stages[stage] ?? 'empty',
    fact: snapshot ? factOf[stage](snapshot, words, format) : '',
  }));
}

/** Where to go on: what needs attention, else the first stage that is ready, else none. */
export function nextStage(snapshot: Snapshot | undefined): Stage | undefined {
  if (snapshot === undefined) return undefined;
  return STAGES.find((stage) => snapshot.stages[stage] === 'attention') ?? STAGES.find((stage) => snapshot.stages[stage] === 'ready');
}
