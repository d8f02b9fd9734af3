/** Import rules: the layers of src/, the order of the stages inside core/, and no cycles. */
const mayImport = {
  core: [],
  world: ['core'],
  lab: ['core', 'world'],
  terminal: ['core', 'lab'],
  course: ['core', 'lab'],
  platform: ['core', 'lab'],
  workers: ['core', 'world', 'lab', 'terminal', 'course', 'platform', 'i18n'],
  i18n: [],
  ui: ['i18n'],
  state: ['core', 'lab', 'course', 'i18n'],
  panels: ['core', 'lab', 'course', 'state', 'ui', 'i18n'],
};
const stages = [
  'table', 'contract', 'clean', 'features', 'prepare', 'train', 'evaluate', 'explain', 'fairness', 'automl', 'track', 'registry', 'version', 'pipeline', 'package', 'serve', 'monitor', 'govern',
];

/** The client of the engine worker is the typed place where the page meets it. */
const enginesClient = '^src/workers/(messages|engine-client)\\.ts$';

const layers = Object.entries(mayImport).map(([layer, others]) => ({
  name: `layer-${layer}`,
  comment: `${layer}/ imports ${others.length > 0 ? others.join(', ') : 'nothing'} of ours.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: [`^src/(${[layer, ...others].join('|')})/`, ...(layer === 'state' ? [enginesClient] : [])] },
}));

const order = stages.map((stage, at) => ({
  name: `stage-${stage}`,
  comment: `core/${stage} imports only the stages to its left.`,
  severity: 'error',
  from: { path: `^src/core/${stage}/` },
  to: { path: '^src/core/[^/]+/', pathNot: `^src/core/(${stages.slice(0, at + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...layers,
    ...order,
    { name: 'known-stage', comment: 'A folder of core/ is one of the stages.', severity: 'error', from: { path: '^src/core/[^/]+/', pathNot: `^src/core/(${stages.join('|')})/` }, to: {} },
    { name: 'known-layer', comment: 'A folder of src/ is one of the layers.', severity: 'error', from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(mayImport).join('|')})/` }, to: {} },
    { name: 'no-cycle', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(virtual:|node:)' } },
    { name: 'declared', comment: 'Every package that is imported stands in package.json.', severity: 'error', from: { path: '^src/' }, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['type-only'] } },
    { name: 'core-is-plain', comment: 'core/ knows no place, framework or tensor library.', severity: 'error', from: { path: '^src/core/' }, to: { path: '(^|node_modules/)(svelte|idb|vega[^/]*|@tensorflow|monaco-editor|isomorphic-git|@isomorphic-git|just-bash|@xterm)(/|$)' } },
    { name: 'core-has-no-node', severity: 'error', from: { path: '^src/(core|world|lab|terminal|course|i18n|ui|state|panels)/' }, to: { dependencyTypes: ['core'] } },
    { name: 'source-knows-no-test', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench|tools)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.svelte-kit|^dist|^\\.cache' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'svelte', 'browser', 'default', 'types'], extensions: ['.ts', '.svelte', '.js', '.mjs', '.json', '.wasm'] },
    cache: false,
  },
};
