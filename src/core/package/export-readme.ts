import { rawColumns } from './example-rows.js';
import type { ExportFormat, ModelExport } from './model-export.js';

/** `README.md` of an export: what it is, what goes in and comes out, how to run it, where it comes from. */
export function readmeOf(format: ExportFormat, given: ModelExport): string {
  const { lineage, recipe, model } = given;
  const what = model.task === 'regression' ? `Predicts the number ${word(recipe.target)}.` : `Predicts ${word(recipe.target)}: ${(recipe.classes ?? []).map(word).join(', ')}.`;
  return [`# ${cell(lineage.title)}`, `${what} A model of the kind ${model.kind}, as ${TITLES[format]}.`, '## What goes in', inputTable(given, format), '## How to run it', RUN[format], ...notesOf(given), '## Where it comes from', originTable(given), ''].join('\n\n');
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
  const script = [['number', 'null'], ['string', 'null']] as const;
  const types = { onnx: [['float [N, 1]', 'NaN'], ['string [N, 1]', "''"]], mlflow: [['double', 'NaN'], ['string', "''"]], tfjs: script, json: script }[format];
  return table(['Column', 'Type', 'When missing'], rawColumns(recipe).map(({ name, words }) => [name, ...types[words ? 1 : 0]!]));
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
// one tensor for each column of the table above; N rows
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
