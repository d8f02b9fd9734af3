/** One pattern of an ignore file, as `git help ignore` describes it. */
export interface IgnoreRule {
  /** Folder of the file, '' for the project's own. */
  readonly folder: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly pattern: string;
  readonly negated: boolean;
  /** Matches folders only. */
  readonly folders: boolean;
  /** Matches a path below `folder`. */
  readonly matches: RegExp;
}

/** Reads the patterns of an ignore file at `file`; lines that are empty or comments are none. */
export function parseIgnoreFile(text: string, file: string): IgnoreRule[] {
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return text.split('\n').flatMap((raw, i): IgnoreRule[] => {
    const pattern = trimEnd(raw.replace(/\r$/, ''));
    if (pattern === '' || pattern.startsWith('#')) return [];
    const negated = pattern.startsWith('!');
    const bare = negated ? pattern.slice(1) : pattern;
    const folders = bare.endsWith('/');
    const body = folders ? bare.slice(0, -1) : bare;
    if (body === '') return [];
    return [{ folder, file, line: i + 1, pattern, negated, folders, matches: toRegExp(body) }];
  });
}

/** Spaces at the end do not count unless a backslash stands before them. */
const trimEnd = (line: string): string => line.replace(/(?<!\\) +$/, (spaces, at: number) => (/\\$/.test(line.slice(0, at)) ? spaces : ''));

/**
 * The rule that ignores a path of the project, or undefined. A path in an ignored folder is ignored, whatever is said of itself; else the last rule
 * that matches decides, those of deeper folders after those of outer ones. `rules` stand in that order.
 */
export function ignoringRule(rules: readonly IgnoreRule[], path: string, isFolder = false): IgnoreRule | undefined {
  const parts = path.split('/');
  for (let n = 1; n <= parts.length; n++) {
    const rule = lastMatch(rules, parts.slice(0, n).join('/'), n < parts.length || isFolder);
    if (rule && !rule.negated) return rule;
  }
  return undefined;
}

function lastMatch(rules: readonly IgnoreRule[], path: string, isFolder: boolean): IgnoreRule | undefined {
  return rules.findLast(({ folder, folders, matches }) => {
    if (folders && !isFolder) return false;
    if (folder === '') return matches.test(path);
    return path.startsWith(`${folder}/`) && matches.test(path.slice(folder.length + 1));
  });
}

/** Rules of several files in the order in which they are asked: outer folders first. */
export const orderRules = (rules: readonly IgnoreRule[]): IgnoreRule[] => [...rules].sort((a, b) => depth(a.folder) - depth(b.folder));
const depth = (folder: string): number => (folder === '' ? 0 : folder.split('/').length);

/** A pattern with a slash before its end is anchored to its folder; any other matches a name at any depth. */
function toRegExp(body: string): RegExp {
  const anchored = body.includes('/');
  const plain = body.startsWith('/') ? body.slice(1) : body;
  let source = anchored ? '^' : '^(?:.*/)?';
  for (let at = 0; at < plain.length; ) {
    const { regex, length } = nextPart(plain, at, anchored);
    source += regex;
    at += length;
  }
  try {
    return new RegExp(`${source}$`, 'su');
  } catch {
    // A range such as [z-a] matches nothing.
    return /(?!)/;
  }
}

function nextPart(text: string, at: number, anchored: boolean): { regex: string; length: number } {
  const rest = text.slice(at);
  const starts = at === 0 || text[at - 1] === '/';
  if (anchored && starts && rest.startsWith('**/')) return { regex: '(?:.*/)?', length: 3 };
  if (anchored && starts && rest === '**') return { regex: '.+', length: 2 };
  const stars = /^\*+/.exec(rest)?.[0];
  if (stars !== undefined) return { regex: '[^/]*', length: stars.length };
  if (rest[0] === '?') return { regex: '[^/]', length: 1 };
  if (rest[0] === '\\' && rest.length > 1) return { regex: literal(rest[1]!), length: 2 };
  const set = /^\[([!^]?)(\]?(?:\\.|\[:\w+:\]|[^\]])*)\]/.exec(rest);
  if (set) return { regex: `(?!/)[${set[1] ? '^' : ''}${classBody(set[2]!)}]`, length: set[0].length };
  const character = String.fromCodePoint(rest.codePointAt(0)!);
  return { regex: literal(character), length: character.length };
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

const CLASSES: Readonly<Record<string, string>> = { alpha: 'a-zA-Z', digit: '0-9', alnum: 'a-zA-Z0-9', lower: 'a-z', upper: 'A-Z', space: '\\s', punct: '!-\\/:-@\\[-`\\{-~', xdigit: '0-9a-fA-F' };

function classBody(body: string): string {
  return body.replace(/\[:(\w+):\]|\\(.)|([\\^[\]])/gsu, (_whole, name: string | undefined, escaped: string | undefined, special: string | undefined) => {
    if (name !== undefined) return CLASSES[name] ?? '';
    const character = escaped ?? special!;
    return /[\\^[\]-]/.test(character) ? `\\${character}` : character;
  });
}
