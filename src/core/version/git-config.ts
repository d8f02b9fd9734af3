/** One `[section "name"]` of a git configuration with its settings in order. */
export interface ConfigSection {
  readonly section: string;
  /** The part in quotes; `` without one. */
  readonly name: string;
  readonly settings: readonly (readonly [key: string, value: string])[];
}

interface Line {
  readonly raw: string;
  readonly header?: { readonly section: string; readonly name: string };
  readonly setting?: readonly [string, string];
}

/** Reads git's configuration: headers and `key = value` lines; comments and lines that are not understood are passed over. */
export function parseGitConfig(text: string): ConfigSection[] {
  const sections: { section: string; name: string; settings: [string, string][] }[] = [];
  for (const { header, setting } of readLines(text)) {
    if (header) sections.push({ ...header, settings: [] });
    if (setting) sections.at(-1)?.settings.push([...setting]);
  }
  return sections;
}

/** The last value of a setting, or undefined. */
export function readSetting(text: string, section: string, name: string, key: string): string | undefined {
  const found = parseGitConfig(text).filter((s) => s.section === section && s.name === name);
  return found.flatMap((s) => s.settings).filter(([k]) => k.toLowerCase() === key.toLowerCase()).at(-1)?.[1];
}

/** The text with a setting changed, added (with its section where there is none), or removed when `value` is undefined; an empty section goes. */
export function writeSetting(text: string, section: string, name: string, key: string, value: string | undefined): string {
  const lines = readLines(text);
  const out: string[] = [];
  let inside = false;
  let done = value === undefined;
  let last = -1;
  for (const line of lines) {
    if (line.header) inside = line.header.section === section && line.header.name === name;
    if (inside && line.setting?.[0].toLowerCase() === key.toLowerCase()) {
      if (!done) out.push(settingLine(key, value!));
      done = true;
    } else out.push(line.raw);
    if (inside) last = out.length;
  }
  if (!done && last >= 0) out.splice(last, 0, settingLine(key, value!));
  else if (!done) out.push(headerLine(section, name), settingLine(key, value!));
  return dropEmpty(out.map((line) => `${line}\n`).join(''), section, name);
}

/** The text without a section. */
export function removeSection(text: string, section: string, name: string): string {
  let inside = false;
  const kept = readLines(text).filter(({ header }) => {
    if (header) inside = header.section === section && header.name === name;
    return !inside;
  });
  return kept.map(({ raw }) => `${raw}\n`).join('');
}

/** The text with a section under another name. */
export function renameSection(text: string, section: string, from: string, to: string): string {
  return readLines(text).map(({ raw, header }) => `${header?.section === section && header.name === from ? headerLine(section, to) : raw}\n`).join('');
}

function dropEmpty(text: string, section: string, name: string): string {
  const found = parseGitConfig(text).filter((s) => s.section === section && s.name === name);
  return found.length > 0 && found.every((s) => s.settings.length === 0) ? removeSection(text, section, name) : text;
}

function readLines(text: string): Line[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((raw) => {
    const header = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(raw);
    if (header) return { raw, header: { section: header[1]!.toLowerCase(), name: (header[2] ?? '').replace(/\\(.)/g, '$1') } };
    // a header that is not understood ends the section before it
    if (/^\s*\[/.test(raw)) return { raw, header: { section: '', name: '' } };
    const setting = /^\s*([A-Za-z][\w-]*)\s*=\s*(.*?)\s*$/.exec(raw);
    return setting ? { raw, setting: [setting[1]!, unquote(setting[2]!)] } : { raw };
  });
}

const unquote = (value: string): string => (/^".*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value);
const headerLine = (section: string, name: string): string => (name === '' ? `[${section}]` : `[${section} "${name.replace(/["\\]/g, '\\$&')}"]`);
const settingLine = (key: string, value: string): string => `\t${key} = ${/[#;"\\]|^\s|\s$/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value}`;
