/** Files about the quality of the data, in the learner's project. */
export const QUALITY = {
  cleaning: 'data/clean.yaml',
  contract: 'data/contract.yaml',
  validation: 'reports/validation.json',
  leakage: 'reports/leakage.json',
  grade: 'reports/cleaning-grade.json',
} as const;
