type D = Readonly<Record<string, string>>;
const stages: Readonly<Record<string, string>> = { data: 'Data', train: 'Train', evaluate: 'Evaluate', register: 'Register', deploy: 'Deploy', monitor: 'Monitor', retrain: 'Retrain', retire: 'Retire' };
const states: Readonly<Record<string, string>> = { empty: 'empty', ready: 'ready', done: 'done', attention: 'asking for attention' };
const splits: Readonly<Record<string, string>> = { time: 'split by time', random: 'split at random', stratified: 'split by stratum', none: 'not split' };

/** What each kind of check has seen and what it expects, by kind and code. */
export const lessonChecks = {
  'stage-state': {
    expected: (d: D) => `the station ${stages[d['stage']!]} is ${states[d['state']!]}`,
    seen: (d: D) => `${stages[d['stage']!]} is ${states[d['state']!]}`,
  },
  'data-collected': {
    expected: (d: D) => `the data set ${d['dataset']} with at least ${d['rows']} rows`,
    'expected-versions': (d: D) => `${d['dataset']}, collected in at least ${d['versions']} different versions`,
    'expected-to': (d: D) => `${d['dataset']}, reaching to ${d['to']} at least`,
    none: () => 'no data set in the project',
    seen: (d: D) => `${d['dataset']} with ${d['rows']} rows${d['to'] ? `, up to ${d['to']}` : ''}; versions so far: ${d['versions']}`,
  },
  prepared: {
    expected: (d: D) => `target ${d['target']}${d['split'] ? `, ${splits[d['split']]}` : ''}`,
    'expected-dropped': (d: D) => `target ${d['target']}${d['split'] ? `, ${splits[d['split']]}` : ''}, without the input ${d['columns']}`,
    none: () => 'nothing is prepared',
    stale: () => 'the preparation is of older data; prepare again',
    kept: (d: D) => `${d['columns']} is still among the inputs`,
    seen: (d: D) => `target ${d['target']}, ${splits[d['split']!]}, ${d['train']} training and ${d['test']} test rows`,
  },
  'run-exists': {
    expected: (d: D): string => (d['models'] ? `a run of ${d['models']}` : 'a run'),
    'expected-evaluated': (d: D) => `${d['models'] ? `a run of ${d['models']}` : 'a run'} that was evaluated`,
    'expected-at-most': (d: D) => `an evaluated run with ${d['metric']} of at most ${d['bound']}, computed by the lab on days of its own`,
    'expected-at-least': (d: D) => `an evaluated run with ${d['metric']} of at least ${d['bound']}, computed by the lab on days of its own`,
    none: () => 'no run yet',
    other: (d: D) => `only runs of ${d['models']}`,
    'not-evaluated': (d: D) => `${d['run']} is trained, but not evaluated`,
    seen: (d: D) => `${d['run']} (${d['model']})`,
    metric: (d: D) => `${d['metric']} is ${d['value']}`,
  },
  'runs-differ-by-data': {
    expected: () => 'two runs with the same settings and seed, from different data, with different models; the newer one made in this lesson',
    'expected-same': () => 'two runs with the same settings and seed from the same data',
    none: (d: D) => `no such pair; runs in this lesson: ${d['runs']}`,
    seen: (d: D) => `${d['older']} and ${d['newer']}`,
  },
  'version-exists': {
    expected: (d: D) => `a version of ${d['model']}${d['kinds'] ? ` made by ${d['kinds']}` : ''}`,
    'expected-count': (d: D) => `at least ${d['count']} versions of ${d['model']}`,
    none: () => 'nothing is registered',
    seen: (d: D) => `${d['model']}; versions: ${d['count']}`,
  },
  alias: {
    expected: (d: D) => `${d['alias']} points at a good version of ${d['model']}`,
    'expected-newest': (d: D) => `${d['alias']} points at a newer version of ${d['model']}`,
    none: (d: D) => `${d['alias']} points at no version of ${d['model']}`,
    seen: (d: D) => `${d['alias']} is version ${d['version']} (${d['kind']})`,
  },
  'service-live': {
    expected: (d: D) => `a service that answers with ${d['model'] || 'a model'}`,
    'expected-version': (d: D) => `a service with version ${d['version']} of ${d['model']} or a newer one`,
    'expected-alias': (d: D) => `a service with the ${d['alias']} of ${d['model']}, under the right name`,
    none: () => 'no service is live',
    seen: (d: D) => `${d['service']} answers with ${d['model']} version ${d['version']}`,
  },
  'service-asked': {
    expected: (d: D) => `${d['service']} has answered at least ${d['count']} request`,
    none: (d: D) => `there is no service ${d['service']}`,
    seen: (d: D) => `requests answered by ${d['service']}: ${d['count']}`,
  },
  'clock-reached': {
    expected: (d: D) => `the clock stands at ${d['date']} or later`,
    none: () => 'there is no clock before live data are collected',
    seen: (d: D) => `it is ${d['now']}`,
  },
  'windows-seen': {
    expected: (d: D) => `at least ${d['count']} windows with known outcomes`,
    'expected-until': (d: D) => `the error measured up to ${d['until']}`,
    none: () => 'no window with known outcomes',
    seen: (d: D) => `windows measured: ${d['count']}, up to ${d['until']}`,
    'several-versions': (d: D) => `the service has used ${d['versions']} versions in this time`,
  },
  'alert-raised': {
    expected: (d: D): string => (d['rule'] === 'error' ? 'an alert about the error' : d['rule'] === 'drift' ? 'an alert about drift' : 'an alert'),
    none: () => 'no alert so far',
    seen: (d: D) => `${d['rule']} of ${d['subject']}: ${d['value']}, the limit is ${d['threshold']} (${d['at']})`,
  },
  comparison: {
    expected: (d: D) => `champion and challenger of ${d['model']} compared on at least ${d['rows']} common days`,
    'expected-better': (d: D) => `a challenger of ${d['model']} that is better on at least ${d['rows']} common days`,
    none: () => 'nothing was compared yet',
    seen: (d: D) => `${d['metric']} on ${d['rows']} days: champion ${d['champion']}, challenger ${d['challenger']}`,
  },
  'version-retired': {
    expected: (d: D) => `a retired version of ${d['model']} with its reason`,
    'expected-version': (d: D) => `version ${d['version']} of ${d['model']} retired, with its reason`,
    none: () => 'no version is retired',
    seen: (d: D) => `version ${d['version']}: “${d['reason']}”`,
  },
  'file-value': {
    expected: (d: D) => `a value at ${d['at']} in ${d['path']}`,
    'expected-equals': (d: D) => `${d['at']} in ${d['path']} is ${d['value']}`,
    'expected-at-least': (d: D) => `${d['at']} in ${d['path']} is at least ${d['value']}`,
    'expected-at-most': (d: D) => `${d['at']} in ${d['path']} is at most ${d['value']}`,
    'no-file': (d: D) => `there is no ${d['path']}`,
    broken: (d: D) => `${d['path']} cannot be read as YAML or JSON`,
    'no-value': (d: D) => `${d['path']} has no ${d['at']}`,
    seen: (d: D) => `${d['at']} is ${d['value']}`,
  },
  'journal-has': {
    expected: (d: D) => `the act ${d['action']} in the journal, at least ${d['count']} ×`,
    none: (d: D) => `no ${d['action']} so far`,
    seen: (d: D) => `${d['action']}: ${d['count']} ×`,
  },
  'git-commit': {
    expected: (d: D) => `at least ${d['count']} commits`,
    'expected-words': (d: D) => `at least ${d['count']} commits with “${d['words']}” in their subject`,
    none: () => 'no commit yet',
    seen: (d: D) => `${d['count']}; the newest is “${d['subject']}”`,
  },
  'git-tag': {
    expected: (d: D) => `a tag named ${d['tag']}`,
    'expected-live': (d: D) => `the tag ${d['tag']} on the commit of the version that ${d['service']} serves`,
    none: (d: D) => `no tag named ${d['tag']}`,
    'no-service': (d: D) => `there is no service ${d['service']}`,
    seen: (d: D) => `${d['tag']} marks ${d['commit']}`,
  },
};
