import type { ReflogEntry } from '../../lab/platform.js';
import { readText, writeFileDeep } from './promises-fs.js';
import { identityNow, type Repository } from './repository.js';

/** Stands in a log for a ref that is not there. */
export const NO_ID = '0'.repeat(40);
const pathOf = ({ gitdir }: Repository, ref: string): string => `${gitdir}/logs/${ref}`;

/** Adds a line to a ref's log, as `core.logAllRefUpdates` has git do; tags have none. */
export async function logMove(repo: Repository, ref: string, before: string | undefined, after: string, reason: string): Promise<void> {
  if (ref.startsWith('refs/tags/')) return;
  const message = reason.replace(/\s+/g, ' ').trim();
  const line = `${before ?? NO_ID} ${after} ${identityNow(repo)}\t${message}\n`;
  await writeFileDeep(repo.fs, pathOf(repo, ref), ((await readText(repo.fs, pathOf(repo, ref))) ?? '') + line);
}

/** A ref's log, newest first; [] when it has none. */
export async function readReflog(repo: Repository, ref: string): Promise<ReflogEntry[]> {
  return (await readLines(repo, ref)).map(parseLine).reverse();
}

/** Forgets a ref's log. */
export async function forgetReflog(repo: Repository, ref: string): Promise<void> {
  await repo.fs.unlink(pathOf(repo, ref)).catch(() => undefined);
}

async function readLines(repo: Repository, ref: string): Promise<string[]> {
  return ((await readText(repo.fs, pathOf(repo, ref))) ?? '').split('\n').filter((line) => line !== '');
}

function parseLine(line: string): ReflogEntry {
  const [head = '', message = ''] = line.split('\t');
  return { before: head.slice(0, 40), after: head.slice(41, 81), message, timestamp: Number(/(\d+) [+-]\d{4}$/.exec(head)?.[1] ?? 0) };
}
