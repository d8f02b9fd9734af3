import { LabError } from '../../lab-error.js';
import { CODED_NET } from './coded-script.js';

const SIGMOID = 'const sigmoid = (z) => 1 / (1 + Math.exp(-z));';
const SOFTMAX = `function softmax(z) {
  const most = Math.max(...z);
  const e = z.map((value) => Math.exp(value - most));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((value) => value / sum);
}`;
const DOT = 'const dot = (w, x) => w.reduce((sum, value, i) => sum + value * x[i], 0);';

/** Walks trees in preorder: -1 in `columns` is a leaf, a cut sends x ≤ cut to the next node, all others behind the left part. */
const TREES = `function leaves(columns, goesLeft) {
  const found = [];
  let [inner, leaf] = [0, 0];
  const walk = (i, on) => {
    const column = columns[i];
    if (column < 0) {
      if (on) found.push(leaf);
      leaf += 1;
      return i + 1;
    }
    const left = on && goesLeft(inner++, column);
    if (!on) inner++;
    return walk(walk(i + 1, left), on && !left);
  };
  for (let i = 0; i < columns.length; ) i = walk(i, true);
  return found;
}`;

const LINEAR = `${DOT}\nconst score = ({ coefficients, intercept }, x) => [intercept + dot(coefficients, x)];`;
const FOREST = `${TREES}
function score({ columns, cuts, values, width }, x) {
  const found = leaves(columns, (inner, column) => x[column] <= cuts[inner]);
  return Array.from({ length: width }, (_, k) => (x.some(Number.isNaN) ? NaN : found.reduce((sum, leaf) => sum + values[leaf * width + k], 0) / found.length));
}`;

/** `score(state, x, task, classes)` of each kind of model in plain JavaScript. */
const SCORES: Readonly<Record<string, string>> = {
  dummy: `const score = ({ values }, x, task) => (task === 'binary' ? [values[1] ?? 0] : values);`,
  linear: LINEAR,
  lasso: LINEAR,
  logistic: `${DOT}\n${SIGMOID}\n${SOFTMAX}
function score({ coefficients, intercepts }, x) {
  const z = intercepts.map((b, k) => b + dot(coefficients[k], x));
  return z.length === 1 ? z.map(sigmoid) : softmax(z);
}`,
  'naive-bayes': `${DOT}\n${SOFTMAX}
function score({ distribution, priors, means, variances, logShares, scale }, x, task) {
  const z = priors.map((prior, k) =>
    distribution === 'multinomial'
      ? Math.log(prior) + dot(logShares[k], x)
      : Math.log(prior) - 0.5 * x.reduce((sum, value, i) => sum + Math.log(2 * Math.PI * variances[k][i]) + (value * scale - means[k][i]) ** 2 / variances[k][i], 0),
  );
  const shares = softmax(z);
  return task === 'binary' ? [shares[1]] : shares;
}`,
  'k-nearest': `function score({ rows, columns, targets, neighbours, weights }, x, task, classes) {
  const squares = targets.map((_, row) => x.reduce((sum, value, i) => sum + (rows[row * columns + i] - value) ** 2, 0));
  const near = [...squares.keys()].sort((a, b) => squares[a] - squares[b] || a - b).slice(0, neighbours);
  const touching = squares[near[0]] === 0;
  const weight = near.map((row) => (weights === 'uniform' ? 1 : touching ? Number(squares[row] === 0) : 1 / Math.sqrt(squares[row])));
  const total = weight.reduce((a, b) => a + b, 0);
  const mean = (worth) => near.reduce((sum, row, i) => sum + weight[i] * worth(targets[row]), 0) / total;
  return task === 'multiclass' ? Array.from({ length: classes }, (_, k) => mean((target) => Number(target === k))) : [mean((target) => target)];
}`,
  'decision-tree': FOREST,
  'random-forest': FOREST,
  'gradient-boosting': `${SIGMOID}\n${SOFTMAX}\n${TREES}
function score(state, x, task) {
  const { baseline, columns, cuts, missing, sets, categories, values, target } = state;
  const goesLeft = (inner, column) => {
    const known = categories[column];
    if (known ? !known.includes(x[column]) : Number.isNaN(x[column])) return missing[inner] === 'L';
    return known ? sets[cuts[inner]].includes(x[column]) : x[column] <= cuts[inner];
  };
  const z = [...baseline];
  leaves(columns, goesLeft).forEach((leaf, tree) => (z[tree % z.length] += values[leaf]));
  return task === 'regression' ? [target.offset + target.divisor * z[0]] : z.length === 1 ? z.map(sigmoid) : softmax(z);
}`,
  'coded-net': `${SIGMOID}\n${SOFTMAX}\n${CODED_NET}`,
  'dense-net': `${SIGMOID}\n${SOFTMAX}
function score({ layers, target }, x, task) {
  let values = x;
  layers.forEach(({ inputs, outputs, kernel, bias }, at) => {
    const z = Array.from({ length: outputs }, (_, o) => values.reduce((sum, value, i) => sum + value * kernel[i * outputs + o], bias[o]));
    values = at < layers.length - 1 ? z.map((value) => Math.max(0, value)) : z;
  });
  return task === 'regression' ? values.map((value) => target.offset + target.divisor * value) : task === 'binary' ? values.map(sigmoid) : softmax(values);
}`,
};

/** `predict.mjs` of an export: `predictRows(rows)` and a comparison with `example.json` when run with Node. Throws `export-kind` {model, format}. */
export function predictScript(kind: string): string {
  const score = Object.hasOwn(SCORES, kind) ? SCORES[kind] : undefined;
  if (score === undefined) throw new LabError('export-kind', { model: kind, format: 'json' });
  return `// Predictions of model.json in plain JavaScript. Run it: node predict.mjs
import { readFileSync } from 'node:fs';
import { prepareRows } from './prepare.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const { model, classes, threshold } = read('model.json');
const recipe = read('recipe.json');

${score}

/** A number for each row, or its label with the probability of each class. */
export function predictRows(rows) {
  return prepareRows(recipe, rows).map((x) => {
    const scores = score(model.state, x, model.task, model.classes);
    if (model.task === 'regression') return { value: scores[0] };
    const shares = model.task === 'binary' ? [1 - scores[0], scores[0]] : scores;
    const code = model.task === 'binary' ? Number(scores[0] >= threshold) : shares.indexOf(Math.max(...shares));
    return { label: classes[code], probabilities: Object.fromEntries(classes.map((name, k) => [name, shares[k]])) };
  });
}

if (process.argv[1]?.endsWith('predict.mjs')) {
  const { rows, expected } = read('example.json');
  predictRows(rows).forEach((found, row) => console.log(JSON.stringify(found), 'expected', JSON.stringify(expected[row])));
}
`;
}
