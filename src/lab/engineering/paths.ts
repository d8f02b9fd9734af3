/** Files about the making of features, in the learner's project. */
export const FEATURES = {
  recipe: 'data/features.yaml',
  effect: 'reports/features-effect.json',
  ranking: 'reports/features-ranking.json',
} as const;
