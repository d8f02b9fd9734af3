/** A pipeline in three stages; its paths lie apart from those of the verbs `prepare` and `train`. */
export const STARTER_FILES: Readonly<Record<string, string>> = {
  'dvc.yaml': `stages:
  prepare:
    cmd: node src/prepare.ts
    deps:
    - data/clean.yaml
    - data/features.yaml
    - data/raw.csv
    - src/data.ts
    - src/prepare.ts
    params:
    - pipeline.prepare
    - pipeline.types
    outs:
    - pipeline/prepared
  train:
    cmd: node src/train.ts
    deps:
    - data/clean.yaml
    - data/features.yaml
    - data/raw.csv
    - pipeline/prepared
    - src/data.ts
    - src/train.ts
    params:
    - pipeline.prepare
    - pipeline.train
    - pipeline.types
    outs:
    - pipeline/model.json
  evaluate:
    cmd: node src/evaluate.ts
    deps:
    - data/clean.yaml
    - data/features.yaml
    - data/raw.csv
    - pipeline/model.json
    - pipeline/prepared
    - src/data.ts
    - src/evaluate.ts
    params:
    - pipeline.prepare
    - pipeline.types
    metrics:
    - pipeline/metrics.json:
        cache: false
    plots:
    - pipeline/predictions.csv:
        cache: false
        template: scatter
        x: actual
        y: predicted
`,
  'src/data.ts': `import { applyCleaning, applyFeatures, labelledRows, params, readCleaning, readFeatures, readTable, splitRows } from 'looplab';

// The rows that every stage sees: the raw data as the steps of data/clean.yaml leave them, with the columns that data/features.yaml makes.
const { types, prepare } = params.pipeline;
const clean = applyCleaning(readTable('data/raw.csv', types), readCleaning()).table;
const { train, test } = splitRows(clean, prepare.split, prepare.target, prepare.time);
export const rows = { train: labelledRows(clean, prepare.target, train), test: labelledRows(clean, prepare.target, test) };

// Figures of groups are learned from the training rows alone.
const steps = readFeatures();
export const { table } = applyFeatures(clean, steps, rows.train, prepare.target);
export const dropped = steps.flatMap((step) => (step.do === 'drop' ? step.columns : []));
`,
  'src/prepare.ts': `import { fitRecipe, params, writeJson } from 'looplab';
import { dropped, rows, table } from './data.ts';

const { prepare } = params.pipeline;

// Fitted on the training rows alone: the test rows must not be seen.
const { recipe } = fitRecipe(table, rows.train, { ...prepare, drop: [...prepare.drop, ...dropped] });
writeJson('pipeline/prepared/recipe.json', recipe);
writeJson('pipeline/prepared/rows.json', { train: [...rows.train], test: [...rows.test] });
console.log(\`\${rows.train.length} training rows, \${rows.test.length} test rows\`);
`,
  'src/train.ts': `import { fitModel, params, readJson, targetValues, trainingInputs, writeJson } from 'looplab';
import { table } from './data.ts';

const { train } = params.pipeline;
const recipe = readJson('pipeline/prepared/recipe.json');
const rows = Int32Array.from(readJson('pipeline/prepared/rows.json').train);

const model = fitModel(train.model, recipe, trainingInputs(recipe, table, rows), targetValues(recipe, table, rows), train.settings, train.seed);
writeJson('pipeline/model.json', model);
console.log(\`\${train.model} on \${rows.length} rows\`);
`,
  'src/evaluate.ts': `import { applyRecipe, evaluateModel, predict, readJson, targetValues, writeJson, writeText } from 'looplab';
import { table } from './data.ts';

const recipe = readJson('pipeline/prepared/recipe.json');
const rows = Int32Array.from(readJson('pipeline/prepared/rows.json').test);

const model = readJson('pipeline/model.json');
const x = applyRecipe(recipe, table, rows);
const actual = targetValues(recipe, table, rows);
const metrics = evaluateModel(model, x, actual);
writeJson('pipeline/metrics.json', metrics);

// A class is the place of the highest score; a regression predicts the number itself.
const scores = predict(model, x);
const each = scores.length / rows.length;
const classOf = (row) => (recipe.classes.length === 2 && each === 1 ? Number(scores[row] >= 0.5) : scores.slice(row * each, (row + 1) * each).reduce((best, score, i, all) => (score > all[best] ? i : best), 0));
const predicted = (row) => (recipe.task === 'regression' ? scores[row] : recipe.classes[classOf(row)]);
const truth = (row) => (recipe.task === 'regression' ? actual[row] : recipe.classes[actual[row]]);
const shown = Math.min(rows.length, 500);
writeText('pipeline/predictions.csv', ['actual,predicted', ...Array.from({ length: shown }, (_, row) => \`\${truth(row)},\${predicted(row)}\`)].join('\\n') + '\\n');
for (const [name, value] of Object.entries(metrics)) console.log(name, value.toPrecision(4));
`,
};
