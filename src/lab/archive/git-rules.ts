import { LabError } from '../../core/lab-error.js';

const KEPT = [
  /^(HEAD|ORIG_HEAD|MERGE_HEAD|MERGE_MSG|COMMIT_EDITMSG|description|index|packed-refs)$/,
  /^info\/exclude$/,
  /^objects\/[0-9a-f]{2}\/[0-9a-f]{38}$/,
  /^objects\/pack\/pack-[0-9a-f]+\.(pack|idx)$/,
  /^(refs|logs)\/.+$/,
];

/**
 * Whether a file below `.git` is data. All else is left out: hooks run programs, `commondir`, `alternates` and `worktrees` lead elsewhere;
 * `config` is made anew by `cleanGitConfig`.
 */
export const isGitData = (path: string): boolean => KEPT.some((rule) => rule.test(path)) && !/\.lock$/.test(path);

/** Settings that only describe; every other one is dropped, because git has many that run programs. */
const SAFE: Readonly<Record<string, RegExp>> = {
  'core.repositoryformatversion': /^0$/,
  'core.bare': /^false$/,
  'core.filemode': /^(true|false)$/,
  'core.logallrefupdates': /^(true|false|always)$/,
  'core.ignorecase': /^(true|false)$/,
  'core.symlinks': /^(true|false)$/,
  'core.autocrlf': /^(true|false|input)$/,
  'user.name': /^[^"\\\n]*$/,
  'user.email': /^[^"\\\n]*$/,
  'init.defaultbranch': /^[\w./-]+$/,
  'remote.*.url': /^(https?:\/\/[^"\\\s@]+|lab:\/\/[\w.-]+)$/,
  'pull.rebase': /^(true|false)$/,
  'pull.ff': /^(only|true)$/,
  'remote.*.fetch': /^[+\w./*:-]+$/,
  'branch.*.remote': /^[\w./-]+$/,
  'branch.*.merge': /^[\w./-]+$/,
};

/** The harmless part of a `.git/config`. Throws `import-broken-git` for a format other than 0. */
export function cleanGitConfig(text: string, bare = false): string {
  const sections = new Map<string, string[]>([['core', []]]);
  let section = '';
  let name = '';
  for (const raw of text.split(/\r?\n/)) {
    const header = /^\s*\[\s*([\w.-]+)(?:\s+"([^"\\\]]*)")?\s*\]\s*$/.exec(raw);
    if (header) [section, name] = [header[1]!.toLowerCase(), header[2] ?? ''];
    // a header that is not understood opens a section that is not kept
    else if (/^\s*\[/.test(raw)) [section, name] = ['', ''];
    const [, key, value] = /^\s*([A-Za-z][\w-]*)\s*=\s*(.*?)\s*$/.exec(raw) ?? [];
    if (key === undefined || value === undefined) continue;
    const full = `${section}.${name === '' ? '' : '*.'}${key.toLowerCase()}`;
    if (full === 'core.repositoryformatversion' && value !== '0') throw new LabError('import-broken-git', { reason: `format ${value}` });
    if (full === 'core.bare' ? value !== String(bare) : !SAFE[full]?.test(value)) continue;
    const title = name === '' ? section : `${section} "${name}"`;
    sections.set(title, [...(sections.get(title) ?? []), `${key} = ${value}`]);
  }
  const core = sections.get('core')!;
  if (!core.some((line) => /^repositoryformatversion /i.test(line))) core.unshift('repositoryformatversion = 0');
  return [...sections].map(([title, lines]) => `[${title}]\n${lines.map((l) => `\t${l}\n`).join('')}`).join('');
}
