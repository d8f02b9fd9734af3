import { headLines, hunkLines, hunksOf, type Hunk } from './patch.js';
import type { Change } from './sides.js';
import { applyHunks, splitHunk } from './split-hunk.js';

/** How the one who chooses is spoken with. */
export interface Dialogue {
  next(): Promise<string | undefined>;
  say(text: string): void;
  complain(text: string): void;
}

/** What came of the questions: the content to stage (undefined takes the file out), and whether no more is wanted. */
export interface Chosen {
  readonly content: Uint8Array | undefined;
  readonly isChanged: boolean;
  readonly quit: boolean;
}

interface Choice {
  readonly hunk: Hunk;
  /** Undecided when undefined. */
  use: boolean | undefined;
}

/** Where the questions stand. */
interface Round {
  readonly choices: Choice[];
  readonly talk: Dialogue;
  at: number;
  quit: boolean;
}

/** Asks of each hunk of a change, as `git add -p` does. */
export async function chooseHunks(change: Change, talk: Dialogue): Promise<Chosen> {
  const isGone = change.after === undefined;
  const head = headLines(change);
  const hunks = hunksOf(change);
  // the end of a file is one decision, with all that its header says of it
  const choices: Choice[] = isGone ? [{ hunk: hunks[0] ?? EMPTY, use: undefined }] : hunks.map((hunk) => ({ hunk, use: undefined }));
  const body = isGone ? [...head.slice(1, hunks.length === 0 ? -2 : undefined), ...hunks.flatMap(hunkLines)] : undefined;
  talk.say(`${(isGone ? head.slice(0, 1) : head).join('\n')}\n`);
  const round: Round = { choices, talk, at: 0, quit: false };
  while (await askOne(round, body));
  const used = choices.filter((c) => c.use);
  const content = isGone ? undefined : new TextEncoder().encode(applyHunks(new TextDecoder('utf-8', { ignoreBOM: true }).decode(change.before?.content), used.map((c) => c.hunk)));
  return { content, isChanged: used.length > 0, quit: round.quit };
}

const EMPTY: Hunk = { oldStart: 0, oldLines: 0, newStart: 0, newLines: 0, heading: '', lines: [] };

/** One question and what its answer does; false when nothing is left to ask. */
async function askOne(round: Round, gone: readonly string[] | undefined): Promise<boolean> {
  const { choices, talk } = round;
  if (round.at >= choices.length) round.at = 0;
  const now = choices[round.at]!;
  const [before, after] = [choices.findLastIndex((c, i) => i < round.at && c.use === undefined), choices.findIndex((c, i) => i > round.at && c.use === undefined)];
  if (before < 0 && after < 0 && now.use !== undefined) return false;
  const keys = offered(round, before, after, gone !== undefined);
  talk.say(`${(gone ?? hunkLines(now.hunk)).join('\n')}\n(${round.at + 1}/${choices.length}) Stage ${gone ? 'deletion' : 'this hunk'} [y,n,q,a,d${keys.map((k) => `,${k}`).join('')},?]? `);
  const answer = await talk.next();
  if (answer === undefined) return false;
  const key = /^[jJkK]/.test(answer) ? answer[0]! : answer.slice(0, 1).toLowerCase();
  if (key === '') return true;
  if (key === 'y' || key === 'n') {
    now.use = key === 'y';
    round.at = after < 0 ? choices.length : after;
  } else if (key === 'a' || key === 'd' || key === 'q') {
    for (const choice of choices.slice(round.at)) choice.use ??= key === 'a';
    round.at = choices.length;
    round.quit = key === 'q';
    return !round.quit;
  } else if ('jJkK'.includes(key)) move(round, key, before, after);
  else if (key === 'g') await goTo(round, answer.slice(1).trim());
  else if (key === '/') await search(round, answer.slice(1));
  else if (key === 's' && !gone) split(round);
  else talk.say(help(keys));
  return true;
}

/** The keys that do something now, in git's order. */
function offered({ choices, at }: Round, before: number, after: number, gone: boolean): string[] {
  const when = (is: boolean, ...keys: string[]): string[] => (is ? keys : []);
  return [
    ...when(before >= 0, 'k'), ...when(at > 0, 'K'), ...when(after >= 0, 'j'), ...when(at + 1 < choices.length, 'J'),
    ...when(choices.length > 1, 'g', '/'), ...when(!gone && splitHunk(choices[at]!.hunk).length > 1, 's'),
  ];
}

function move(round: Round, key: string, before: number, after: number): void {
  const to = { k: before, K: round.at - 1, j: after, J: round.at + 1 < round.choices.length ? round.at + 1 : -1 }[key]!;
  if (to >= 0) round.at = to;
  else round.talk.complain(key.toLowerCase() === 'k' ? 'No previous hunk' : 'No next hunk');
}

function split(round: Round): void {
  const parts = splitHunk(round.choices[round.at]!.hunk);
  if (parts.length < 2) return round.talk.complain('Sorry, cannot split this hunk');
  round.talk.say(`Split into ${parts.length} hunks.\n`);
  round.choices.splice(round.at, 1, ...parts.map((hunk) => ({ hunk, use: undefined })));
}

const SHOWN = 20;

async function goTo(round: Round, given: string): Promise<void> {
  const { choices, talk } = round;
  if (choices.length < 2) return talk.complain('No other hunks to goto');
  let [word, from]: [string | undefined, number] = [given, Math.max(0, round.at - SHOWN / 2)];
  while (word === '') {
    choices.slice(from, from + SHOWN).forEach((choice, i) => talk.say(`${listed(choice, from + i)}\n`));
    from = Math.min(choices.length, from + SHOWN);
    talk.say(from < choices.length ? 'go to which hunk (<ret> to see more)? ' : 'go to which hunk? ');
    word = (await talk.next())?.trim();
  }
  const n = Number(word ?? '');
  if (!/^\d+$/.test(word ?? '')) talk.complain(`Invalid number: '${word ?? ''}'`);
  else if (n > 0 && n <= choices.length) round.at = n - 1;
  else talk.complain(`Sorry, only ${choices.length} hunk${choices.length === 1 ? '' : 's'} available.`);
}

/** `+ 1:  -1,7 +1,7          -first changed line`. */
function listed({ hunk, use }: Choice, i: number): string {
  const range = (start: number, lines: number): string => (lines === 1 ? `${start}` : `${start},${lines}`);
  const head = `${use === undefined ? ' ' : use ? '+' : '-'}${String(i + 1).padStart(2)}: `;
  const place = ` -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} `;
  const first = hunk.lines.find((line) => /^[-+]/.test(line)) ?? '';
  return `${head}${place.padEnd(PLACE_WIDTH)}${first}`.slice(0, LIST_WIDTH).trimEnd();
}
const PLACE_WIDTH = 20;
const LIST_WIDTH = 80;

async function search(round: Round, given: string): Promise<void> {
  const { choices, talk } = round;
  if (choices.length < 2) return talk.complain('No other hunks to search');
  let word = given;
  if (word === '') {
    talk.say('search for regex? ');
    word = (await talk.next()) ?? '';
    if (word === '') return;
  }
  let pattern: RegExp;
  try {
    pattern = new RegExp(word, 'm');
  } catch {
    return talk.complain(`Malformed search regexp ${word}: Invalid regular expression`);
  }
  const order = choices.map((_, i) => (round.at + i) % choices.length);
  const found = order.find((i) => hunkLines(choices[i]!.hunk).some((line) => pattern.test(line)));
  if (found === undefined) talk.complain('No hunk matches the given pattern');
  else round.at = found;
}

const HELP: readonly [string, string][] = [
  ['y', 'stage this hunk'], ['n', 'do not stage this hunk'], ['q', 'quit; do not stage this hunk or any of the remaining ones'], ['a', 'stage this hunk and all later hunks in the file'],
  ['d', 'do not stage this hunk or any of the later hunks in the file'], ['j', 'leave this hunk undecided, see next undecided hunk'], ['J', 'leave this hunk undecided, see next hunk'],
  ['k', 'leave this hunk undecided, see previous undecided hunk'], ['K', 'leave this hunk undecided, see previous hunk'], ['g', 'select a hunk to go to'], ['/', 'search for a hunk matching the given regex'],
  ['s', 'split the current hunk into smaller hunks'], ['?', 'print help'],
];

const help = (keys: readonly string[]): string => HELP.filter(([key]) => 'ynqad?'.includes(key) || keys.includes(key)).map(([key, words]) => `${key} - ${words}\n`).join('');
