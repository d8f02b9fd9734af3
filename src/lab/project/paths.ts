/** Where things lie in the learner's project. */
export const PATHS = {
  raw: 'data/raw.csv',
  rawFacts: 'data/raw.yaml',
  prepared: 'data/prepared',
  model: 'models/model.json',
  params: 'params.yaml',
  metrics: 'reports/metrics.json',
  comparison: 'reports/comparison.json',
  verifiedScore: 'reports/verified-score.json',
  journal: '.lab/journal.jsonl',
  runs: '.lab/runs',
  unfinished: '.lab/unfinished-runs',
  histograms: '.lab/histograms',
  registry: '.lab/registry.json',
  services: '.lab/services.json',
  world: '.lab/world.json',
  traffic: '.lab/traffic',
  monitors: '.lab/monitors',
} as const;

/** What was found about runs, each newest one of its kind. */
export const REPORTS = {
  crossValidation: 'reports/cross-validation.json',
  runComparison: 'reports/run-comparison.json',
  weaknesses: 'reports/weaknesses.json',
  fairness: 'reports/fairness.json',
  explanation: 'reports/explanation.json',
  tuning: 'reports/tuning.json',
} as const;

/** Folder of exported models; git ignores it, since a run makes them anew. */
export const EXPORTS = 'exports';

export const deployPath = (service: string): string => `deploy/${service}.yaml`;
export const monitoringPath = (service: string): string => `monitoring/${service}.yaml`;
export const monitoringReportPath = (service: string): string => `reports/monitoring/${service}.json`;
export const tombstonePath = (model: string, version: number): string => `models/retired/${model}-v${version}.yaml`;
export const unfinishedPath = (id: string): string => `${PATHS.unfinished}/${id}.json`;
export const histogramsPath = (id: string): string => `${PATHS.histograms}/${id}.json`;
export const runPath = (id: string): string => `${PATHS.runs}/${id}.json`;
export const monitorPath = (service: string): string => `${PATHS.monitors}/${service}.json`;
export const studyPath = (name: string): string => `.lab/studies/${name}.json`;
