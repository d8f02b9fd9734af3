import { rawColumns } from './example-rows.js';
import { graphInputs, type GraphInput } from './plan/graph-inputs.js';
import { planRecipe } from './plan/recipe-plan.js';
import { termChoices } from './text-files.js';
import type { ExportFormat, ModelExport } from './model-export.js';

/** `README.md` of an export: what it is, what goes in and comes out, how to run it, where it comes from. */
export function readmeOf(format: ExportFormat, given: ModelExport): string {
  const { lineage, recipe, model } = given;
  const what = model.task === 'regression' ? `Predicts the number ${word(recipe.target)}.` : `Predicts ${word(recipe.target)}: ${(recipe.classes ?? []).map(word).join(', ')}.`;
  return [`# ${cell(lineage.title)}`, `${what} A model of the kind ${model.kind}, as ${TITLES[format]}.`, '## What goes in', inputTable(given, format), '## How to run it', RUN[format], ...textNotes(given, format), ...notesOf(given), '## Where it comes from', originTable(given), ''].join('\n\n');
}

const TITLES: Record<ExportFormat, string> = { onnx: 'ONNX (opset 17, ai.onnx.ml 3)', tfjs: 'TensorFlow.js layers', mlflow: 'an MLflow model with the flavours onnx and python_function', json: 'plain JSON with plain JavaScript' };

const word = (text: string): string => `\`${cell(text).replaceAll('`', "'")}\``;

/** A cell that cannot break the table or begin HTML. */
const cell = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function inputTable({ recipe }: ModelExport, format: ExportFormat): string {
  const head = ['Column', 'Type', 'When missing'];
  if (format === 'onnx') return table(head, graphInputs(planRecipe(recipe), 'table').map(graphRow));
  const mlflow = format === 'mlflow';
  const types = { number: mlflow ? ['double', 'NaN'] : ['number', 'null'], word: ['string', mlflow ? "''" : 'null'], date: mlflow ? ['double, milliseconds since 1970-01-01 UTC', 'NaN'] : ['ISO date, or milliseconds since 1970-01-01 UTC', 'null'] };
  return table(head, rawColumns(recipe).map(({ name, kind }) => [name, ...types[kind]]));
}

function graphRow({ name, type, kind, columns }: GraphInput): string[] {
  switch (kind) {
    case 'pixels':
      return [name, `float [N, ${columns.length}]: ${columns[0]} … ${columns.at(-1)}, row by row`, 'NaN'];
    case 'terms':
      return [name, `string [N, T]: the terms of ${columns[0]}, '' behind the last`, "a row of ''"];
    case 'date':
      return [name, 'double [N, 1], milliseconds since 1970-01-01 UTC', 'NaN'];
    default:
      return [name, `${type} [N, 1]`, kind === 'word' ? "''" : 'NaN'];
  }
}

const RUN: Record<ExportFormat, string> = {
  onnx: `Raw values go in: filling, encoding and scaling are inside the graph. Python:

\`\`\`sh
pip install numpy onnxruntime
python predict.py
\`\`\`

JavaScript, in the browser or in Node (\`npm install onnxruntime-web\`):

\`\`\`js
import * as ort from 'onnxruntime-web';
const session = await ort.InferenceSession.create('model.onnx');
// one tensor for each row of the table above: 'float32' for float, 'float64' for double, 'string' for string
const feeds = {
  // age: new ort.Tensor('float32', [31, NaN], [2, 1]),
  // city: new ort.Tensor('string', ['Jeddah', ''], [2, 1]),
};
const outputs = await session.run(feeds);
\`\`\`

\`example.json\` holds rows with the answers to expect.`,
  tfjs: `\`prepare.mjs\` turns raw rows into the net's inputs as \`recipe.json\` says. In a page (\`npm install @tensorflow/tfjs\`):

\`\`\`js
import * as tf from '@tensorflow/tfjs';
import { prepareRows } from './prepare.mjs';
const model = await tf.loadLayersModel('model.json');
const recipe = await (await fetch('recipe.json')).json();
const { rows } = await (await fetch('example.json')).json();
model.predict(tf.tensor2d(prepareRows(recipe, rows))).print();
\`\`\`

Python, after \`pip install tensorflowjs\`:

\`\`\`sh
tensorflowjs_converter --input_format=tfjs_layers_model --output_format=keras model.json model.h5
\`\`\`

The net gives the number itself, the probability of the second class, or that of each class.`,
  mlflow: `Python:

\`\`\`python
import mlflow.pyfunc, pandas as pd
model = mlflow.pyfunc.load_model(".")
example = pd.read_json("input_example.json", orient="split")
print(model.predict(example.astype({c.name: "float64" for c in model.metadata.signature.inputs if c.type.name == "double"})))
\`\`\`

As a service, answering \`POST /invocations\`: \`mlflow models serve -m . --env-manager local\`.

Raw values go in: filling, encoding and scaling are inside \`model.onnx\`. Numbers go in as floats; words that are missing go in as ''.`,
  json: `\`model.json\` holds what was learned, \`recipe.json\` how raw values become inputs. Node, without any package:

\`\`\`sh
node predict.mjs
\`\`\`

\`\`\`js
import { predictRows } from './predict.mjs';
predictRows([{ /* one value for each column of the table above */ }]);
\`\`\`

Python reads the same two files with \`json.load\`; \`predict.mjs\` is short enough to be a specification.`,
};

/** ONNX of this version cannot cut a text, so who calls the model has to. */
function textNotes({ recipe }: ModelExport, format: ExportFormat): string[] {
  const names = Object.keys(termChoices(planRecipe(recipe)));
  if (names.length === 0 || format === 'json' || format === 'tfjs') return [];
  if (format === 'mlflow') return ['## Texts', `ONNX of this version has no operator that cuts a text into words. \`code/terms.py\` does it for ${names.map(word).join(', ')} before ONNX Runtime is asked, so the model has the flavour python_function alone; what goes in is the raw text.`];
  return ['## Texts', `ONNX of this version has no operator that cuts a text into words, so the graph takes the terms of ${names.map(word).join(', ')}: as many columns as the longest text needs, each row filled up with ''. \`terms.py\` and \`terms.mjs\` cut texts just as the lab does (\`predict.py\` uses the first); \`terms.json\` says how. Counting and weighing are inside the graph.

\`\`\`js
import { termsOf } from './terms.mjs';
const choices = JSON.parse(await (await fetch('terms.json')).text());
const rows = texts.map((text) => termsOf(text, choices[column]));
const width = Math.max(1, ...rows.map((row) => row.length));
feeds[\`\${column}:terms\`] = new ort.Tensor('string', rows.flatMap((row) => [...row, ...Array(width - row.length).fill('')]), [rows.length, width]);
\`\`\``];
}

function notesOf({ model, threshold, recipe }: ModelExport): string[] {
  const notes = ['Levels of a category that training did not see count as unknown, as they do in the lab.'];
  if (model.task === 'binary') notes.push(`The label is ${word(recipe.classes?.[1] ?? '')} from a probability of ${threshold} on, the threshold at which the run was judged.`);
  if ((recipe.clean ?? []).length > 0) notes.push('Cleaning of single cells is part of it; words are compared as they stand, so blanks at their ends count.');
  return ['## Good to know', notes.map((note) => `- ${note}`).join('\n')];
}

function originTable({ lineage }: ModelExport): string {
  const { run, commit, data, prepared, model, metrics } = lineage;
  return table(['What', 'Value'], [
    ['Run', `${run.name} (${run.id})`],
    ['Commit', commit ?? 'none'],
    ['Data', `${data.path}${data.dataset === undefined ? '' : `, ${data.dataset}`}, md5 ${data.md5}`],
    ...(data.licence === undefined ? [] : [['Licence of the data', data.licence]]),
    ['Prepared data', `md5 ${prepared.md5}`],
    ['Model', `md5 ${model.md5}`],
    ['Aliases', lineage.aliases.join(', ') || 'none'],
    ...Object.entries(metrics).map(([name, value]) => [name, String(value)]),
    ['Exported', lineage.exported],
  ]);
}
