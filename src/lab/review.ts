import { COLLEAGUE } from '../world/colleague/colleague.js';
import { reviewBranch } from '../world/colleague/review/index.js';
import type { ReviewComment, ReviewedChange } from '../world/colleague/review/review.js';
import { LabError } from '../core/lab-error.js';
import type { SharedRepository } from './remote-port.js';
import { loadTeam, MAIN, saveTeam, type Review, type ReviewRound, type TeamState } from './team/team-state.js';
import { defineVerb, text } from './verb.js';

/** Asks the colleague to look at a pushed branch: comments to mend, or approval and the merge into main. */
export const review = defineVerb({
  name: 'review',
  summary: 'ask the colleague to review a pushed branch',
  flags: { branch: text('the branch, as the shared repository has it', { required: true }), title: text('what it is about (the last subject line without it)') },
  async run({ platform }, { branch = '', title }) {
    const team = await loadTeam(platform);
    if (!team) throw new LabError('no-team');
    const shared = platform.git.shared(team.name);
    const { head, main } = await tipsOf(shared, branch);
    const known = team.reviews.find((r) => r.branch === branch && r.rounds.at(-1)!.verdict === 'changes');
    if (known?.rounds.at(-1)?.head === head && known.rounds.at(-1)?.main === main) throw new LabError('review-unchanged', { branch, id: known.id });
    const id = known?.id ?? team.reviews.length + 1;
    const round = await lookAt(shared, branch, head, main, id);
    const subject = (await shared.log(head))[0]!.message.split('\n')[0]!;
    const updated: Review = { id, branch, title: title ?? known?.title ?? subject, rounds: [...(known?.rounds ?? []), round] };
    await saveTeam(platform, { ...team, reviews: [...team.reviews.filter((r) => r.id !== id), updated].sort((a, b) => a.id - b.id) } satisfies TeamState);
    return {
      result: updated,
      lines: linesOf(updated, round),
      step: { object: { type: 'review', id: String(id), digest: head }, before: main, ...(round.merge === undefined ? {} : { after: round.merge }), reason: round.verdict },
      final: 'shared',
      status: round.verdict === 'approved' ? 0 : 1,
    };
  },
});

/** Commits of the branch and of main. Throws `review-main`, `review-no-branch` {branch, known}, `review-nothing-new` {branch}. */
async function tipsOf(shared: SharedRepository, branch: string): Promise<{ head: string; main: string }> {
  const { refs } = await shared.refs();
  const known = [...refs.keys()].filter((ref) => ref.startsWith('refs/heads/') && ref !== MAIN).map((ref) => ref.slice('refs/heads/'.length));
  if (branch === 'main') throw new LabError('review-main');
  const [head, main] = [refs.get(`refs/heads/${branch}`), refs.get(MAIN)];
  if (head === undefined || main === undefined) throw new LabError('review-no-branch', { branch, known });
  if ((await shared.mergeBase(main, head)) === head) throw new LabError('review-nothing-new', { branch });
  return { head, main };
}

async function lookAt(shared: SharedRepository, branch: string, head: string, main: string, id: number): Promise<ReviewRound> {
  const comments = await commentsOn(shared, main, head);
  if (comments.length > 0) return { head, main, comments, verdict: 'changes' };
  const tips = await Promise.all([main, head].map(async (ref) => (await shared.log(ref))[0]!.author.timestamp));
  const author = { ...COLLEAGUE, timestamp: Math.max(...tips) + 600 };
  const merged = await shared.merge(MAIN, head, `Merge branch '${branch}' (review ${id})\n\nReviewed-by: ${COLLEAGUE.name} <${COLLEAGUE.email}>\n`, author);
  if ('commit' in merged) return { head, main, comments, verdict: 'approved', merge: merged.commit };
  const clashes = merged.conflicts.map((path): ReviewComment => ({ kind: 'conflicts', path, facts: { branch: 'main' } }));
  return { head, main, comments: [...comments, ...clashes], verdict: 'changes' };
}

/** What the colleague says of everything that the branch changed since it left main. */
async function commentsOn(shared: SharedRepository, main: string, head: string): Promise<ReviewComment[]> {
  const base = await shared.mergeBase(main, head);
  const [before, after] = [base === undefined ? new Map<string, string>() : await shared.treeAt(base), await shared.treeAt(head)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
  const changes: ReviewedChange[] = [];
  for (const path of paths) changes.push({ path, before: base === undefined ? undefined : await shared.readAt(base, path), after: await shared.readAt(head, path) });
  const files = new Map<string, Uint8Array>();
  for (const path of after.keys()) files.set(path, (await shared.readAt(head, path))!);
  return reviewBranch({ changes, read: (path) => files.get(path) });
}

/** The same words as the panel's, short, for a terminal. */
const SAYS: Readonly<Record<ReviewComment['kind'], (facts: ReviewComment['facts']) => string>> = {
  markers: () => 'the markers of a merge were left in here',
  'broken-file': ({ reason }) => `this cannot be read: ${reason}`,
  secret: () => 'this looks like a key or a password; take it out, and make it invalid where it was used',
  'large-file': ({ bytes }) => `${bytes} bytes stay in git for ever; keep it with dvc add`,
  seed: ({ before, after }) => `the seed went from ${before} to ${after}; a better score may be luck. Put it back`,
  'test-rows': ({ key, before, after }) => `${key} went from ${before} to ${after}: other rows are tested now, so the scores cannot be compared. Put it back`,
  'stale-lock': ({ stage, what }) => `stage ${stage} was not run again after ${what} changed; run dvc repro and commit dvc.lock`,
  'no-metrics': ({ metrics }) => (metrics === 'old' ? 'this changes the model, but the metrics are the old ones; evaluate and commit them' : 'this changes the model, and no metrics show how; evaluate and commit them'),
  conflicts: ({ branch }) => `this does not merge with ${branch}; merge ${branch} into the branch, settle it, and push`,
};

function linesOf({ id, branch }: Review, { comments, verdict, merge }: ReviewRound): string[] {
  const said = comments.map(({ kind, path, line, facts }) => `  ${path}${line === undefined ? '' : `:${line}`}  ${SAYS[kind](facts)}`);
  const end = verdict === 'approved' ? `approved, and merged into main as ${merge!.slice(0, 7)}; next: git switch main && git pull` : 'changes are asked for: mend them, commit, push, and ask again';
  return [`review ${id} of ${branch} by ${COLLEAGUE.name}: ${comments.length === 0 ? 'nothing to mend' : `${comments.length} to mend`}`, ...said, end];
}
