import { LineCounter, isNode, parseDocument } from 'yaml';
import { LabError } from './lab-error.js';

/** A value of a YAML file, as JSON would hold it. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };
export type YamlMapping = { readonly [key: string]: YamlValue };

export const isYamlMapping = (value: YamlValue | undefined): value is YamlMapping => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A YAML file with the lines (from 1) where its values stand. */
export interface LinedYaml {
  readonly value: YamlValue;
  lineOf(path: readonly (string | number)[]): number;
}

/** Reads YAML; throws `bad-yaml` {path, line, reason} for what is no YAML at all, such as a key given twice. */
export function parseLinedYaml(text: string, file: string): LinedYaml {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const fault = document.errors[0];
  if (fault) throw new LabError('bad-yaml', { path: file, line: counter.linePos(fault.pos[0]).line, reason: fault.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '') });
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
    }
    return 1;
  };
  return { value: document.toJS({ maxAliasCount: 100 }) as YamlValue, lineOf };
}
