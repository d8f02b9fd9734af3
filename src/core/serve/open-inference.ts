import { LabError } from '../lab-error.js';
import type { Table } from '../table/table.js';
import { outputTensors } from './infer-reply.js';
import { readInferRequest } from './infer-request.js';
import type { ServeReply, ServeRequest } from './protocol.js';
import { Refusal, refuse } from './refusal.js';
import type { ServedModel, ServedModels, TensorMetadata } from './served-model.js';

/** The protocol carries no missing value in JSON; this server takes null for one, and says so as an extension. */
const SERVER = { name: 'looplab', version: '2', extensions: ['null_as_missing'] } as const;

/** Answers a request of the Open Inference Protocol v2; never throws: what is wrong is told by status and `{"error": …}`. */
export function handleInference(request: ServeRequest, models: ServedModels): ServeReply {
  try {
    return { status: 200, body: JSON.stringify(route(request, models)) };
  } catch (cause) {
    const status = cause instanceof Refusal ? cause.status : 500;
    return refuse(status, cause instanceof Error ? cause.message : String(cause));
  }
}

function route(request: ServeRequest, models: ServedModels): object {
  const path = segmentsOf(request.path);
  const [root, area, name, ...rest] = path;
  if (root !== 'v2') throw unknownPath(request);
  if (path.length === 1) return onGet(request, SERVER);
  if (area === 'health' && path.length === 3 && name === 'live') return onGet(request, { live: true });
  if (area === 'health' && path.length === 3 && name === 'ready') return onGet(request, { ready: true });
  if (area !== 'models' || name === undefined) throw unknownPath(request);
  const version = rest[0] === 'versions' ? rest[1] : undefined;
  const action = version === undefined ? rest : rest.slice(2);
  if (action.length > 1) throw unknownPath(request);
  return onModel(request, action[0], findModel(models, name, version), models);
}

function onModel(request: ServeRequest, action: string | undefined, model: ServedModel, models: ServedModels): object {
  if (action === undefined) return onGet(request, describe(model, models));
  if (action === 'ready') return onGet(request, { name: model.name, ready: true });
  if (action === 'infer') return infer(request, model);
  throw unknownPath(request);
}

function infer(request: ServeRequest, model: ServedModel): object {
  expectMethod(request, 'POST');
  const { id, table, outputs } = readInferRequest(model, request.body ?? '');
  const broken = model.contract?.check(table) ?? [];
  const [first] = broken;
  if (first && model.contract?.reject) throw new Refusal(400, `the data contract is broken: ${first.column} ${first.rule} (${first.promised}): ${first.seen}`);
  const tensors = outputTensors(model, predictions(model, table), table.rows, outputs);
  const unseen = Object.entries(model.unseen?.(table) ?? {});
  const told = {
    ...(first ? { contract_violations: broken.reduce((sum, { count }) => sum + count, 0) } : {}),
    ...(unseen.length > 0 ? { unseen_values: unseen.reduce((sum, [, count]) => sum + count, 0), unseen_columns: unseen.map(([name]) => name).join(', ') } : {}),
    ...(model.historyTo === undefined ? {} : { history_to: model.historyTo }),
  };
  const parameters = Object.keys(told).length > 0 ? { parameters: told } : {};
  return { model_name: model.name, model_version: model.version, ...(id === undefined ? {} : { id }), ...parameters, outputs: tensors };
}

function predictions(model: ServedModel, table: Table): Float64Array {
  try {
    return model.predict(table);
  } catch (cause) {
    if (!(cause instanceof LabError) || cause.code !== 'feature-needs-history') throw cause;
    const { column, time } = cause.data;
    throw new Refusal(400, `feature-needs-history: "${String(column)}" looks back in time; give it as an input, or give its time "${String(time)}" and let the project hold collected rows`);
  }
}

function describe(model: ServedModel, models: ServedModels): object {
  const tensor = ({ name, datatype, shape }: TensorMetadata): TensorMetadata => ({ name, datatype, shape });
  return {
    name: model.name,
    versions: models.filter((other) => other.name === model.name).map((other) => other.version),
    platform: model.platform,
    inputs: model.inputs.map(tensor),
    outputs: model.outputs.map(tensor),
  };
}

function findModel(models: ServedModels, name: string, version: string | undefined): ServedModel {
  const named = models.filter((model) => model.name === name);
  if (named.length === 0) throw new Refusal(404, `model "${name}" is not served here`);
  const found = named.findLast((model) => version === undefined || model.version === version);
  if (!found) throw new Refusal(404, `model "${name}" has no version ${version} here; it has ${named.map((model) => model.version).join(', ')}`);
  return found;
}

function segmentsOf(path: string): string[] {
  const bare = path.replace(/[?#].*$/s, '').replace(/^\/|\/$/g, '');
  try {
    return bare.split('/').map(decodeURIComponent);
  } catch {
    throw new Refusal(400, `the path ${bare} is not a well-formed address`);
  }
}

function onGet(request: ServeRequest, answer: object): object {
  expectMethod(request, 'GET');
  return answer;
}

function expectMethod(request: ServeRequest, method: string): void {
  const asked = request.method.toUpperCase();
  if (asked !== method) throw new Refusal(405, `${asked} is not allowed on ${request.path}; use ${method}`);
}

const unknownPath = (request: ServeRequest): Refusal => new Refusal(404, `there is nothing at ${request.path}`);
