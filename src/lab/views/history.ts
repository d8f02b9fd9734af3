import { parseJournal, verifyJournal, type JournalEntry, type JournalVerdict } from '../../core/govern/journal.js';
import type { CommitInfo } from '../platform.js';
import { readText } from '../project/files.js';
import { PATHS } from '../project/paths.js';
import type { Session } from '../project/session.js';

/** The project's two accounts: commits (newest first) and journal steps (oldest first), and whether the chain holds; tags with their commits. */
export interface History {
  readonly commits: readonly CommitInfo[];
  readonly tags: Readonly<Record<string, string>>;
  readonly steps: readonly JournalEntry[];
  readonly verdict: JournalVerdict;
}

export async function history({ platform }: Session): Promise<History> {
  const journal = (await readText(platform, PATHS.journal)) ?? '';
  const verdict = verifyJournal(journal);
  const tags = await Promise.all((await platform.git.tags()).map(async (tag) => [tag, await platform.git.resolve(tag)] as const));
  return { commits: await platform.git.log(), tags: Object.fromEntries(tags), steps: verdict.ok ? parseJournal(journal) : [], verdict };
}
