type D = Readonly<Record<string, string>>;
const parts: Readonly<Record<string, string>> = { settings: 'settings', seed: 'seed', preparation: 'preparation', data: 'data' };
/** Codes inside a list that is already written out. */
const partsOf = (list = ''): string => list.replace(/settings|seed|preparation|data/g, (part) => parts[part]!);
const verdicts: Readonly<Record<string, string>> = { helps: 'it helps', hurts: 'it makes the model worse', unclear: 'nothing that chance could not explain' };
const shapes: Readonly<Record<string, string>> = { diverged: 'runs away', slow: 'hardly moves', overfit: 'rises again on the rows held back', settled: 'ends near its lowest on the rows held back' };

/** What checks about models, features, searches and runs have seen and what they expect, by kind and code. */
export const trainingChecks = {
  'study-exists': {
    expected: (d: D) => `a search for settings${d['models'] ? ` of ${d['models']}` : ''}${d['method'] ? ` by ${d['method']}` : ''} with at least ${d['trials']} trials${d['log'] ? `, ${d['log']} on a log scale` : ''}`,
    'expected-complete': (d: D) => `a search for settings${d['method'] ? ` by ${d['method']}` : ''} that has gone to its end`,
    none: () => 'no such search on these rows',
    linear: (d: D) => `${d['name']} searches ${d['log']} evenly, not on a log scale`,
    unjudged: (d: D) => `runs of ${d['name']} were not judged on the test rows`,
    open: (d: D) => `${d['name']} has ${d['count']} trials so far`,
    seen: (d: D) => `${d['name']} (${d['method']}): ${d['count']} trials`,
  },
  'same-budget': {
    expected: (d: D) => `searches by ${d['methods']} for the same settings (at least ${d['settings']}), with the same number of trials, at least ${d['trials']}`,
    none: (d: D) => `no search by ${d['methods']}`,
    'other-space': (d: D) => `the searches are not of the same ${d['settings']} settings, model, rows and folds`,
    'other-count': (d: D) => `their trials: ${d['counts']}`,
    seen: (d: D) => `${d['methods']}: ${d['count']} trials each`,
  },
  'winner-judged': {
    expected: (d: D) => `a search of at least ${d['trials']} trials whose best run, and no other, was judged on the test rows`,
    'expected-at-most': (d: D) => `a search of at least ${d['trials']} trials whose best run alone was judged, with ${d['metric']} of at most ${d['bound']}, computed by the lab`,
    none: () => 'no such search on these rows',
    few: (d: D) => `${d['name']} has only ${d['count']} trials`,
    unjudged: (d: D) => `no run of ${d['name']} was judged on the test rows`,
    other: (d: D) => `${d['run']} was judged, and it is not the best by the folds`,
    several: (d: D) => `${d['count']} runs of ${d['name']} were judged on the test rows`,
    seen: (d: D) => `${d['run']}, the best of ${d['name']}`,
    metric: (d: D) => `${d['run']}: ${d['metric']} is ${d['value']}`,
  },
  'run-noted': {
    expected: () => 'a note on the run that is meant',
    'expected-tag': (d: D) => `the tag ${d['tag']} on the run that is meant`,
    none: () => 'no run has it',
    other: (d: D) => `it is on ${d['run']}`,
    seen: (d: D) => `it is on ${d['run']}`,
  },
  'rerun-made': {
    expected: () => 'a run trained again, with the same model bit for bit',
    'expected-run': (d: D) => `${d['run']} trained again, with the same model bit for bit`,
    none: () => 'no run was trained again with lab rerun',
    other: (d: D) => `${d['run']} was trained again, which is another run`,
    differs: (d: D) => `${d['run']} was trained again, and another model came out`,
    seen: (d: D) => `${d['run']}: the same model`,
  },
  'twin-runs': {
    expected: (d: D) => `two runs that differ in ${partsOf(d['by'])} alone, with different models`,
    none: (d: D) => `no two runs that differ in ${partsOf(d['by'])} alone`,
    same: (d: D) => `${d['first']} and ${d['second']} have the same model`,
    seen: (d: D) => `${d['first']} and ${d['second']}`,
  },
  'threshold-cost': {
    expected: (d: D) => `a run whose mistakes cost at most ${d['bound']} for each test row, when a miss costs ${d['miss']} and a false alarm ${d['alarm']}`,
    none: () => 'no such run was evaluated',
    seen: (d: D) => `${d['run']} at threshold ${d['threshold']}: ${d['cost']} for each row`,
  },
  'models-compared': {
    expected: (d: D) => `at least ${d['count']} kinds of model judged on the same test rows${d['dataset'] ? ` of ${d['dataset']}` : ''}${d['models'] ? `, among them ${d['models']}` : ''}${d['some'] ? `, and one of ${d['some']}` : ''}`,
    none: () => 'no model is judged on such rows',
    missing: (d: D) => `judged on the same rows: ${d['models']}`,
    seen: (d: D) => `judged on the same rows: ${d['models']}`,
  },
  'runs-compared': {
    expected: (d: D) => `a comparison of ${d['one']} with ${d['other']}`,
    'expected-folds': (d: D) => `a comparison of ${d['one']} with ${d['other']} on the test rows and on at least ${d['folds']} folds`,
    none: () => 'no two runs were compared',
    other: (d: D) => `compared were ${d['first']} and ${d['second']}`,
    'no-folds': (d: D) => `${d['first']} and ${d['second']} were compared on the test rows, but on too few folds`,
    seen: (d: D) => `${d['first']} and ${d['second']}`,
  },
  'features-made': {
    expected: (d: D) => `features made: ${[d['columns'], d['kinds'] && `by ${d['kinds']}`].filter(Boolean).join(', ')}`,
    'expected-back': (d: D) => `a look back at ${d['column']} with at least ${d['gap']} days between`,
    'expected-dropped': (d: D) => `at least ${d['count']} columns left out by the recipe`,
    none: () => 'the recipe makes no feature',
    stale: () => 'the features have changed since the rows were prepared; prepare again',
    back: (d: D) => `the look back at ${d['column']} leaves ${d['gap']} days between`,
    dropped: (d: D) => `columns left out: ${d['count']}`,
    seen: (d: D) => `${d['count']} steps; made: ${d['columns']}`,
  },
  'feature-effect': {
    expected: (d: D) => `the measured effect of a step${d['kinds'] ? ` (${d['kinds']})` : ''}${d['model'] ? ` with ${d['model']}` : ''}`,
    'expected-verdict': (d: D) => `a measured effect whose verdict is “${verdicts[d['verdict']!]}”`,
    none: () => 'no effect was measured',
    seen: (d: D) => `${d['kind']} with ${d['model']}: difference ${d['difference']}, ${verdicts[d['verdict']!]}`,
  },
  'leakage-judged': {
    'expected-leak': (d: D) => `lab leakage finds ${d['leak']} in what is prepared now`,
    'expected-none': () => 'lab leakage finds nothing in what is prepared now',
    none: () => 'nobody has looked for leaks',
    old: () => 'the search was on an older preparation',
    clean: () => 'no leak found',
    seen: (d: D) => `found: ${d['leaks']}`,
  },
  'curve-shape': {
    expected: (d: D) => `a run of at least ${d['epochs']} epochs whose curve ${shapes[d['shape']!]}`,
    none: () => 'no run with rows held back in training',
    runaway: () => 'the loss ran away to infinity',
    seen: (d: D) => `a curve of ${d['epochs']} epochs that ${shapes[d['shape']!]}: lowest ${d['best']} at epoch ${d['at']}, at the end ${d['last']}`,
  },
};
