type D = Readonly<Record<string, string>>;
const folds: Readonly<Record<string, string>> = { 'k-fold': 'shuffled folds', stratified: 'stratified folds', group: 'group folds', time: 'time folds' };
const ways: Readonly<Record<string, string>> = { threshold: 'thresholds', reweigh: 'reweighing' };

/** What checks about folds, groups and explanations have seen and what they expect, by kind and code. */
export const trustChecks = {
  'cross-validated': {
    expected: (d: D) => `a cross-validation with ${d['split'] ? `${folds[d['split']]}` : 'folds'}${d['column'] ? ` of ${d['column']}` : ''}, at least ${d['folds']}${d['gap'] ? `, with a gap of ${d['gap']} rows or more` : ''}, of a run on the rows as they are prepared now`,
    none: () => 'no cross-validation yet',
    stale: () => 'the newest cross-validation is of rows that were prepared in another way',
    seen: (d: D) => `${d['run']}: ${d['folds']} ${folds[d['split']!] ?? d['split']}${d['gap'] ? `, gap ${d['gap']}` : ''}`,
  },
  'folds-compared': {
    expected: (d: D) => `two different runs compared on at least ${d['folds']} common folds${d['models'] ? `: ${d['models']}` : ''}`,
    none: () => 'no runs compared yet',
    stale: () => 'the newest comparison is of rows that were prepared in another way',
    'no-folds': () => 'compared on the test rows only, not on folds',
    same: (d: D) => `both runs are the same ${d['model']}`,
    other: (d: D) => `${d['models']} were compared`,
    seen: (d: D) => `${d['models']} on ${d['folds']} folds, p ${d['p']}`,
  },
  'fairness-judged': {
    expected: (d: D) => `a run held against the groups of ${d['by']}${d['chosen'] ? ` (chosen: ${d['chosen']})` : ''}${d['without'] ? `, without the input ${d['without']}` : ''}${d['from'] ? `, with the input ${d['from']}` : ''}${d['threshold'] ? `, judged at a threshold of at most ${d['threshold']}` : ''}`,
    'expected-mitigated': (d: D) => `a mitigation by ${ways[d['way']!]}${d['criterion'] ? ` (${d['criterion']})` : ''} for the groups of ${d['by']}, with its price`,
    none: () => 'no run was held against groups yet',
    stale: () => 'the newest report is of rows that were prepared in another way',
    groups: (d: D) => `the groups are those of ${d['by']}`,
    chosen: (d: D) => `${d['chosen']} counts as being chosen`,
    kept: (d: D) => `${d['columns']} is still among the inputs`,
    dropped: (d: D) => `${d['columns']} is not among the inputs`,
    threshold: (d: D) => `the run was judged at the threshold ${d['threshold']}`,
    'not-mitigated': (d: D): string => (d['way'] ? `mitigation by ${ways[d['way']]}${d['criterion'] ? ` (${d['criterion']})` : ''}` : 'no mitigation was tried'),
    seen: (d: D) => `${d['run']}: demographic parity difference ${d['parity']}, equalized odds difference ${d['odds']}`,
  },
  explained: {
    expected: (d: D) => `one test row explained${d['models'] ? ` for ${d['models']}` : ''}${d['without'] ? `, without the input ${d['without']}` : ''}${d['from'] ? `, with the input ${d['from']}` : ''}`,
    'expected-at-least': (d: D) => `a test row explained${d['models'] ? ` for ${d['models']}` : ''} whose probability is at least ${d['bound']}`,
    'expected-fixed': (d: D) => `a row explained${d['bound'] ? `, with a probability of at least ${d['bound']}` : ''}${d['most'] ? `, with a probability of at most ${d['most']}` : ''}, and another outcome found that leaves ${d['columns']} as they are`,
    'expected-picture': () => 'one picture of the test rows explained',
    none: () => 'nothing was explained yet',
    stale: () => 'the newest explanation is of rows that were prepared in another way',
    model: (d: D) => `a run of ${d['model']} was explained`,
    low: (d: D) => `row ${d['row']}: probability ${d['value']}`,
    high: (d: D) => `row ${d['row']}: probability ${d['value']}`,
    free: (d: D) => `${d['columns']} may still be changed`,
    'not-turned': () => 'no other outcome was found',
    kept: (d: D) => `${d['columns']} is still among the inputs`,
    dropped: (d: D) => `${d['columns']} is not among the inputs`,
    'no-picture': () => 'the row that was explained is no picture',
    seen: (d: D) => `${d['run']}, row ${d['row']}: ${d['value']}`,
  },
};
