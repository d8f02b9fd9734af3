import type { TablePage } from '../../lab/views/data-views.js';

/** An input as the service's metadata tells it. */
export interface ServiceInput {
  readonly name: string;
  readonly datatype: string;
}

/** What the endpoint's metadata says of a service, as far as a request needs it. */
export interface ServiceMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly inputs: readonly ServiceInput[];
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly (number | string | null)[];
}

/** The request as it should be, and the ways it is often wrong. */
export const PRESETS = ['whole', 'missingInput', 'wrongShape', 'notJson'] as const;
export type Preset = (typeof PRESETS)[number];

/** The body of an inference request for one row of the collected data, in the wanted state. */
export function inferBody(inputs: readonly ServiceInput[], page: TablePage, preset: Preset = 'whole'): string {
  const row = page.rows[0] ?? [];
  const cells = new Map(page.columns.map(({ name }, i) => [name, row[i] ?? '']));
  // What the data do not hold, such as a figure of the past, is left to the service.
  const tensors = inputs.filter(({ name }) => cells.has(name)).map(({ name, datatype }) => tensorOf(name, datatype, cells.get(name)!));
  if (preset === 'missingInput') return formatBody(tensors.slice(1));
  if (preset === 'wrongShape') return formatBody(tensors.map((tensor, i) => (i === 0 ? { ...tensor, shape: [2] } : tensor)));
  const body = formatBody(tensors);
  return preset === 'notJson' ? body.slice(0, Math.floor(body.length / 2)) : body;
}

function tensorOf(name: string, datatype: string, cell: string): Tensor {
  const value = cell === '' ? null : datatype === 'BYTES' ? cell : Number(cell);
  return { name, shape: [1], datatype, data: [value] };
}

/** One line for each tensor: forty inputs can then be read and edited. */
function formatBody(tensors: readonly Tensor[]): string {
  return `{\n  "inputs": [\n${tensors.map((tensor) => `    ${JSON.stringify(tensor)}`).join(',\n')}\n  ]\n}`;
}

/** The same request for the terminal; the body loses its line ends when it is JSON. */
export function curlCommand(url: string, body: string): string {
  return `curl -s -X POST ${url} -d '${compact(body).replaceAll("'", `'\\''`)}'`;
}

function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}

/** The number of the first row that an answer predicts: the value, or the probability of the second of two classes. */
export function answeredScore(body: string): number | undefined {
  try {
    const { outputs } = JSON.parse(body) as { outputs?: readonly { name: string; shape: readonly number[]; data: readonly unknown[] }[] };
    const found = outputs?.find(({ name, shape }) => name === 'probabilities' && shape[1] === 2)?.data[1] ?? outputs?.find(({ name }) => name === 'prediction')?.data[0];
    return typeof found === 'number' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** An answer that is JSON, laid out for reading; anything else as it came. */
export function layOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2).replaceAll(/\[\s+([^[\]{}]*?)\s+\]/g, (_, inner: string) => `[${inner.replaceAll(/\s*\n\s*/g, ' ')}]`);
  } catch {
    return body;
  }
}
