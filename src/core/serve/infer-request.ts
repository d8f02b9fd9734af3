import type { Table } from '../table/table.js';
import { Refusal, show } from './refusal.js';
import type { ServedModel } from './served-model.js';
import { readColumn } from './tensor.js';

/** Most characters of a request's body. */
const MOST_CHARACTERS = 20_000_000;

/** A request that fits its model. */
export interface InferRequest {
  readonly id?: string;
  readonly table: Table;
  /** Names of the outputs asked for, in order. */
  readonly outputs: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the body of an inference request; throws a 400 that says what is wrong and where. */
export function readInferRequest(model: ServedModel, body: string): InferRequest {
  const request = fieldsOf(parse(body), 'the request', ['id', 'parameters', 'inputs', 'outputs']);
  refuseParameters(request, 'the request');
  const { id } = request;
  if (id !== undefined && typeof id !== 'string') throw new Refusal(400, `id ${show(id)} is not a string`);
  return { id, table: readTable(model, request['inputs']), outputs: readOutputs(model, request['outputs']) };
}

function parse(body: string): unknown {
  if (body.trim() === '') throw new Refusal(400, 'the request has no body');
  if (body.length > MOST_CHARACTERS) throw new Refusal(400, `the body has ${body.length} characters; at most ${MOST_CHARACTERS} are read`);
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw new Refusal(400, `the body is not JSON: ${(cause as Error).message}`);
  }
}

function fieldsOf(value: unknown, where: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400, `${where} is ${show(value)}, expected an object`);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Refusal(400, `${where} has an unknown field ${show(unknown)}; known are ${known.join(', ')}`);
  return value as Fields;
}

/** Parameters select extensions; there is none here, and ignoring one in silence would be a wrong answer. */
function refuseParameters(fields: Fields, where: string): void {
  const { parameters } = fields;
  if (parameters === undefined) return;
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) throw new Refusal(400, `parameters of ${where} is ${show(parameters)}, expected an object`);
  const [first] = Object.keys(parameters);
  if (first !== undefined) throw new Refusal(400, `parameter ${show(first)} of ${where} is not supported here`);
}

function readTable(model: ServedModel, inputs: unknown): Table {
  const tensors = byName(inputs, 'input', ['name', 'shape', 'datatype', 'parameters', 'data']);
  const known = model.inputs.map((input) => input.name);
  const unknown = [...tensors.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Refusal(400, `unknown input ${show(unknown)}; model "${model.name}" takes ${known.join(', ')}`);
  const missing = model.inputs.filter(({ name, optional }) => !optional && !tensors.has(name)).map(({ name }) => name);
  if (missing.length > 0) throw new Refusal(400, `missing input ${missing.map((name) => `"${name}"`).join(', ')}`);
  const given = model.inputs.filter(({ name }) => tensors.has(name));
  const columns = given.map((input) => readColumn(input, tensors.get(input.name)!));
  const lengths = columns.map((column) => (column.type === 'text' ? column.codes.length : column.values.length));
  const odd = lengths.findIndex((length) => length !== lengths[0]);
  if (odd > 0) throw new Refusal(400, `input "${given[odd]!.name}" has ${lengths[odd]} rows, but "${given[0]!.name}" has ${lengths[0]}`);
  return { rows: lengths[0] ?? 0, columns };
}

function readOutputs(model: ServedModel, outputs: unknown): readonly string[] {
  const known = model.outputs.map((output) => output.name);
  if (outputs === undefined || (Array.isArray(outputs) && outputs.length === 0)) return known;
  const asked = [...byName(outputs, 'output', ['name', 'parameters']).keys()];
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Refusal(400, `unknown output ${show(unknown)}; model "${model.name}" gives ${known.join(', ')}`);
  return asked;
}

/** A list of tensors by their names; throws a 400 when one is not an object, has no name, or comes twice. */
function byName(list: unknown, kind: string, fields: readonly string[]): Map<string, Fields> {
  if (!Array.isArray(list)) throw new Refusal(400, `${kind}s is ${show(list)}, expected a list`);
  const tensors = new Map<string, Fields>();
  for (const [at, entry] of list.entries()) {
    const tensor = fieldsOf(entry, `${kind} ${at}`, fields);
    const { name } = tensor;
    if (typeof name !== 'string' || name === '') throw new Refusal(400, `${kind} ${at} has no name`);
    if (tensors.has(name)) throw new Refusal(400, `${kind} "${name}" comes twice`);
    refuseParameters(tensor, `${kind} "${name}"`);
    tensors.set(name, tensor);
  }
  return tensors;
}
