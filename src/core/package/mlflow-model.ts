import { parseIsoDate } from '../table/iso-date.js';
import { formatPythonYaml } from '../version/python-yaml.js';
import { exampleOf, rawColumns, type RawValue } from './example-rows.js';
import type { ModelExport } from './model-export.js';
import type { OnnxResult } from './onnx/export-onnx.js';
import { planRecipe } from './plan/recipe-plan.js';
import { TEXT_LOADER } from './scripts/text-loader.js';
import { textFiles } from './text-files.js';

const PYTHON = '3.11.9';
const REQUIREMENTS = ['mlflow>=2.9', 'numpy', 'onnx>=1.12', 'onnxruntime>=1.15', 'pandas'];

/**
 * An MLflow model folder (`MLmodel` with the flavours onnx and python_function, environments, input example). Its graph takes and gives one value
 * a row in each column, since MLflow's onnx flavour hands data frames over column by column. Where texts go in, a loader in `code/` cuts them
 * first, and the model has the flavour python_function alone.
 */
export function mlflowModelFiles(given: ModelExport, { bytes, outputs }: OnnxResult): Record<string, Uint8Array | string> {
  const { recipe, lineage } = given;
  const columns = rawColumns(recipe);
  const inputs = columns.map(({ name, kind }) => ({ type: kind === 'word' ? 'string' : 'double', name, required: true }));
  const results = outputs.map(({ name, type }) => ({ type: type === 'string' ? 'string' : 'float', name, required: true }));
  const { rows } = exampleOf(given);
  const texts = textFiles(planRecipe(recipe), { python: true });
  const env = { env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' }, python_version: PYTHON };
  const model = {
    artifact_path: 'model',
    flavors: {
      ...('terms.py' in texts ? {} : { onnx: { code: null, data: 'model.onnx', onnx_session_options: null, onnx_version: '1.12.0', providers: ['CPUExecutionProvider'] } }),
      python_function: { ...('terms.py' in texts ? { code: 'code', data: 'data', loader_module: 'looplab_text' } : { code: null, data: 'model.onnx', loader_module: 'mlflow.onnx' }), ...env },
    },
    metadata: { looplab_run: lineage.run.id, data_md5: lineage.data.md5, model_md5: lineage.model.md5 },
    mlflow_version: '2.9.0',
    model_size_bytes: BigInt(bytes.length),
    model_uuid: lineage.model.md5,
    run_id: lineage.run.id,
    saved_input_example_info: { artifact_path: 'input_example.json', pandas_orient: 'split', type: 'dataframe' },
    signature: { inputs: JSON.stringify(inputs), outputs: JSON.stringify(results), params: null },
    utc_time_created: lineage.exported.replace('T', ' ').replace(/\.?(\d*)Z$/, (_, parts: string) => `.${parts.padEnd(6, '0')}`),
  };
  const valueOf = (value: RawValue | undefined, kind: string): RawValue => (kind === 'word' ? (value ?? '') : kind === 'date' && typeof value === 'string' ? parseIsoDate(value) : (value ?? null));
  const data = rows.map((row) => columns.map(({ name, kind }) => valueOf(row[name], kind)));
  return {
    MLmodel: formatPythonYaml(model),
    ...('terms.py' in texts ? { 'data/model.onnx': bytes, 'data/terms.json': texts['terms.json']!, 'code/terms.py': texts['terms.py'], 'code/looplab_text.py': TEXT_LOADER } : { 'model.onnx': bytes }),
    'conda.yaml': formatPythonYaml({ channels: ['conda-forge'], dependencies: [`python=${PYTHON}`, 'pip', { pip: REQUIREMENTS }], name: 'mlflow-env' }),
    'python_env.yaml': formatPythonYaml({ python: PYTHON, build_dependencies: ['pip', 'setuptools', 'wheel'], dependencies: ['-r requirements.txt'] }),
    'requirements.txt': `${REQUIREMENTS.join('\n')}\n`,
    'input_example.json': `${JSON.stringify({ columns: columns.map(({ name }) => name), data })}\n`,
  };
}
