/** A pipeline in three stages; its paths lie apart from those of the verbs `prepare` and `train`. */
export const STARTER_FILES: Readonly<Record<string, string>> = {
  'dvc.yaml': `stages:
  prepare:
    cmd: node src/prepare.ts
    deps:
    - data/raw.csv
    - src/prepare.ts
    params:
    - pipeline.prepare
    - pipeline.types
    outs:
    - pipeline/prepared
  train:
    cmd: node src/train.ts
    deps:
    - data/raw.csv
    - pipeline/prepared
    - src/train.ts
    params:
    - pipeline.train
    - pipeline.types
    outs:
    - pipeline/model.json
  evaluate:
    cmd: node src/evaluate.ts
    deps:
    - data/raw.csv
    - pipeline/model.json
    - pipeline/prepared
    - src/evaluate.ts
    metrics:
    - pipeline/metrics.json:
        cache: false
`,
  'src/prepare.ts': `import { fitRecipe, labelledRows, params, readTable, splitRows, writeJson } from 'looplab';

const { types, prepare } = params.pipeline;
const table = readTable('data/raw.csv', types);
const { train, test } = splitRows(table, prepare.split, prepare.target, prepare.time);
const rows = { train: labelledRows(table, prepare.target, train), test: labelledRows(table, prepare.target, test) };

// Fitted on the training rows alone: the test rows must not be seen.
const { recipe } = fitRecipe(table, rows.train, prepare);
writeJson('pipeline/prepared/recipe.json', recipe);
writeJson('pipeline/prepared/rows.json', { train: [...rows.train], test: [...rows.test] });
console.log(\`\${rows.train.length} training rows, \${rows.test.length} test rows\`);
`,
  'src/train.ts': `import { applyRecipe, fitModel, params, readJson, readTable, targetValues, writeJson } from 'looplab';

const { types, train } = params.pipeline;
const table = readTable('data/raw.csv', types);
const recipe = readJson('pipeline/prepared/recipe.json');
const rows = Int32Array.from(readJson('pipeline/prepared/rows.json').train);

const model = fitModel(train.model, recipe, applyRecipe(recipe, table, rows), targetValues(recipe, table, rows), train.settings, train.seed);
writeJson('pipeline/model.json', model);
console.log(\`\${train.model} on \${rows.length} rows\`);
`,
  'src/evaluate.ts': `import { applyRecipe, evaluateModel, params, readJson, readTable, targetValues, writeJson } from 'looplab';

const table = readTable('data/raw.csv', params.pipeline.types);
const recipe = readJson('pipeline/prepared/recipe.json');
const rows = Int32Array.from(readJson('pipeline/prepared/rows.json').test);

const metrics = evaluateModel(readJson('pipeline/model.json'), applyRecipe(recipe, table, rows), targetValues(recipe, table, rows));
writeJson('pipeline/metrics.json', metrics);
for (const [name, value] of Object.entries(metrics)) console.log(name, value.toPrecision(4));
`,
};
