import { LabError } from '../lab-error.js';

/** `.dvc/config`: sections such as `core` or `'remote "storage"'`, each with its options, in the order of the file. */
export type DvcConfig = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads `.dvc/config`; throws `broken-file` {path, line, reason}. */
export function parseDvcConfig(text: string): DvcConfig {
  const sections = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  text.split('\n').forEach((raw, i) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
    const header = /^\[(.+)\]$/.exec(line)?.[1];
    const option = /^([\w.-]+)\s*=\s*(.*)$/.exec(line);
    if (header !== undefined) {
      const name = header.replace(/^'(.*)'$/, '$1');
      current = sections.get(name) ?? new Map();
      sections.set(name, current);
    } else if (option && current) current.set(option[1]!, option[2]!);
    else throw new LabError('broken-file', { path: '.dvc/config', line: i + 1, reason: `line ${i + 1} is neither a section nor an option` });
  });
  return sections;
}

/** Writes `.dvc/config` as DVC does (configobj): options four blanks in, sections with a name in single quotes. */
export function formatDvcConfig(config: DvcConfig): string {
  const sections = [...config].filter(([name, options]) => options.size > 0 || name.startsWith('remote '));
  return sections.map(([name, options]) => `[${name.includes('"') ? `'${name}'` : name}]\n${[...options].map(([key, value]) => `    ${key} = ${value}\n`).join('')}`).join('');
}

/** A copy with one option set, or taken away when `value` is undefined. */
export function withOption(config: DvcConfig, section: string, key: string, value: string | undefined): DvcConfig {
  const options = new Map(config.get(section) ?? []);
  if (value === undefined) options.delete(key);
  else options.set(key, value);
  return new Map([...config, [section, options]]);
}

export const remoteSection = (name: string): string => `remote "${name}"`;

/** The remotes of a configuration with their addresses as the file has them. */
export const remotesOf = (config: DvcConfig): { name: string; url: string }[] =>
  [...config].flatMap(([section, options]) => {
    const name = /^remote "(.+)"$/.exec(section)?.[1];
    return name === undefined ? [] : [{ name, url: options.get('url') ?? '' }];
  });
