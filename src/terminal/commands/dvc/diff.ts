import type { Platform } from '../../../lab/platform.js';
import { filesBehind, trackedOuts } from '../../../lab/project/tracked-outs.js';
import { Workspace } from '../../../lab/project/workspace.js';
import { markdownTable, type DvcSubcommand } from './subcommand.js';

/** Hashes by path; a folder's path ends in `/`, and the files in it stand beside it. */
type Hashes = ReadonlyMap<string, string>;

interface Entry {
  readonly path: string;
  readonly hash: string | { readonly old: string; readonly new: string };
}

/** `dvc diff`: data that was added, deleted or modified between two revisions, or since one. */
export const diff: DvcSubcommand = {
  name: 'diff',
  usage: 'dvc diff [--json] [--md] [--show-hash] [a_rev] [b_rev]',
  summary: 'Show added, modified, or deleted data between commits in the DVC repository, or between a commit and the workspace',
  flags: ['--json', '--md', '--show-hash'],
  async run([from = 'HEAD', to], flags, { host: { platform } }) {
    const groups = compare(await hashesAt(platform, from), to === undefined ? await hashesNow(platform) : await hashesAt(platform, to));
    const withHash = flags.has('--show-hash');
    if (flags.has('--json')) return { out: `${JSON.stringify(Object.fromEntries(groups.map(([state, entries]) => [state, withHash ? entries : entries.map(({ path }) => ({ path }))])))}\n`, status: 0 };
    const shown = groups.filter(([, entries]) => entries.length > 0);
    if (flags.has('--md')) {
      const rows = shown.flatMap(([state, entries]) => entries.map((entry) => [state, ...(withHash ? [digest(entry)] : []), entry.path]));
      return { out: markdownTable([withHash ? ['Status', 'Hash', 'Path'] : ['Status', 'Path'], ...rows]), status: 0 };
    }
    const out = shown.map(([state, entries]) => `${state[0]!.toUpperCase()}${state.slice(1)}:\n${entries.map((entry) => `    ${withHash ? `${digest(entry)}  ` : ''}${entry.path}\n`).join('')}\n`).join('');
    const counts = shown.map(([state, entries]) => [entries.filter(({ path }) => !path.endsWith('/')).length, state] as const).filter(([n]) => n > 0);
    return { out: counts.length === 0 ? out : `${out}files summary: ${counts.map(([n, state]) => `${n} ${state}`).join(', ')}\n`, status: 0 };
  },
};

const digest = ({ hash }: Entry): string => (typeof hash === 'string' ? hash.slice(0, 8) : `${hash.old.slice(0, 8)}..${hash.new.slice(0, 8)}`);

/** Groups in DVC's order; a path of the same content under another name counts as renamed. */
function compare(old: Hashes, now: Hashes): [string, Entry[]][] {
  const gone = [...old].filter(([path]) => !now.has(path));
  const fresh = [...now].filter(([path]) => !old.has(path));
  const moves = gone.flatMap(([path, hash]) => {
    const twin = fresh.find(([other, same]) => same === hash && other.endsWith('/') === path.endsWith('/'));
    return twin ? [{ from: path, to: twin[0], hash }] : [];
  });
  const single = ([path, hash]: readonly [string, string]): Entry => ({ path, hash });
  return [
    ['added', fresh.filter(([path]) => !moves.some((move) => move.to === path)).map(single)],
    ['deleted', gone.filter(([path]) => !moves.some((move) => move.from === path)).map(single)],
    ['renamed', moves.map(({ from, to, hash }) => ({ path: `${from} -> ${to}`, hash }))],
    ['modified', [...old].flatMap(([path, before]) => (now.has(path) && now.get(path) !== before ? [{ path, hash: { old: before, new: now.get(path)! } }] : []))],
  ];
}

async function hashesAt(platform: Platform, revision: string): Promise<Hashes> {
  const hashes = new Map<string, string>();
  for (const out of await trackedOuts(platform, revision)) await enter(platform, out, hashes);
  return sorted(hashes);
}

async function hashesNow(platform: Platform): Promise<Hashes> {
  const hashes = new Map<string, string>();
  const workspace = await Workspace.open(platform);
  for (const { path } of await trackedOuts(platform)) {
    const now = await workspace.hashOf(path);
    if (now === undefined) continue;
    if (await platform.objects.has(now.md5)) await enter(platform, { path, md5: now.md5 }, hashes);
    else hashes.set(now.md5.endsWith('.dir') ? `${path}/` : path, now.md5);
  }
  return sorted(hashes);
}

async function enter(platform: Platform, out: { path: string; md5: string }, hashes: Map<string, string>): Promise<void> {
  if (out.md5.endsWith('.dir')) hashes.set(`${out.path}/`, out.md5);
  for (const [path, id] of (await filesBehind(out, [platform.objects])) ?? []) hashes.set(path, id);
}

const sorted = (hashes: Hashes): Hashes => new Map([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
