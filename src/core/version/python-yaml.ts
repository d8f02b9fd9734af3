import { Document, isScalar, LineCounter, parseDocument, type ScalarTag, type YAMLError } from 'yaml';
import { LabError } from '../lab-error.js';
import { reprFloat, type PythonValue } from './python-value.js';

/** A parsed YAML file that can say on which line a value stands. */
export interface YamlFile {
  readonly value: PythonValue;
  /** Line (from 1) of the value at a path of keys and indices, or of the nearest thing above it. */
  lineOf(path: readonly (string | number)[]): number;
}

/** Aliases may not blow a small file up to a huge one. */
const MOST_ALIASES = 100;

/** Reads YAML 1.2 as ruamel does for DVC; whole numbers become `bigint`. Throws `bad-yaml` {path, line, reason}. */
export function parsePythonYaml(text: string, path: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { intAsBigInt: true, lineCounter: lines, uniqueKeys: true, maxAliasCount: MOST_ALIASES } as never);
  const error: YAMLError | undefined = document.errors[0];
  if (error) throw new LabError('bad-yaml', { path, line: lines.linePos(error.pos[0]).line, reason: error.message.split('\n')[0]!.replace(/ at line .*$/, '') });
  const value = document.toJS({ maxAliasCount: MOST_ALIASES }) as PythonValue;
  return { value, lineOf: (at) => lineAt(document, lines, at) };
}

/** Writes YAML as ruamel does for DVC: two blanks deeper, dashes not indented, single quotes where needed, null as nothing. */
export function formatPythonYaml(value: PythonValue): string {
  const document = new Document(value, { customTags: (tags) => [FLOAT, INTEGER, ...tags] });
  return document.toString({ indentSeq: false, singleQuote: true, nullStr: '', lineWidth: 80, minContentWidth: 0 });
}

const FLOAT: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => typeof value === 'number',
  test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$|^[-+]?[0-9]+[eE][-+]?[0-9]+$/,
  resolve: (text) => Number(text),
  stringify: ({ value }) => yamlFloat(value as number),
};

const INTEGER: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  identify: (value) => typeof value === 'bigint',
  test: /^[-+]?[0-9]+$/,
  resolve: (text) => BigInt(text),
  stringify: ({ value }) => String(value),
};

function yamlFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  return reprFloat(value);
}

function lineAt(document: ReturnType<typeof parseDocument>, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = node && typeof node === 'object' && 'range' in node ? (node.range as readonly number[] | null) : isScalar(node) ? node.range : null;
    if (range) return lines.linePos(range[0]!).line;
  }
  return 1;
}
