import { LabError } from '../core/lab-error.js';
import { LEARNING_EVENTS, LEARNING_FILE, learn as learnOnce, readLearning, type LearningEventKind } from './learning.js';
import type { Platform } from './platform.js';
import { readJson, writeJson } from './project/files.js';
import { PATHS } from './project/paths.js';
import { defineVerb, number, text, type VerbContext } from './verb.js';

/** Keeps what happened in a lesson; `restarted` also puts the project back, and what was there stays as a commit on a branch. */
export const learn = defineVerb({
  name: 'learn',
  summary: 'keep what you did in a lesson, or start its project anew',
  flags: {
    lesson: text('id of the lesson', { required: true }),
    event: text('what happened', { required: true, choices: LEARNING_EVENTS }),
    step: text('id of the step'),
    value: text('your answer, the wrong turn, or the commit to go back to'),
    version: number('version of the lesson'),
  },
  async run({ platform }: VerbContext, { lesson = '', event = '', step, value, version }) {
    for (const word of [lesson, step ?? 'x']) if (!/^[a-z0-9-]{1,60}$/.test(word)) throw new LabError('bad-name', { name: word });
    if ((value ?? '').length > 500) throw new LabError('flag-value', { flag: '--value', value: value!.slice(0, 20), expected: 'at most 500 characters' });
    const restart = event === 'restarted' ? await startAnew(platform, lesson, value) : undefined;
    const before = readLearning(await readJson(platform, LEARNING_FILE).catch(() => undefined));
    const learning = learnOnce(before, { lesson, event: event as LearningEventKind, at: platform.now(), step, value, version });
    await writeJson(platform, LEARNING_FILE, learning);
    return {
      result: { learning, ...(restart?.kept === undefined ? {} : { kept: restart.kept }) },
      lines: restart?.kept ? [`started ${lesson} anew; what was there is on branch ${restart.kept}`] : [],
      step: { object: { type: 'lesson', id: step === undefined ? lesson : `${lesson}/${step}` }, reason: value === undefined ? event : `${event}: ${value}` },
      ...(restart ? { files: restart.files, message: `learn: start ${lesson} anew` } : {}),
    };
  },
});

/** Commits everything, marks it with a branch, and lays the files of `to` (nothing without it) in the working tree. */
async function startAnew(platform: Platform, lesson: string, to: string | undefined): Promise<{ kept?: string; files: string[] }> {
  const { files, git } = platform;
  const target = to === undefined ? undefined : await git.resolve(to);
  const present = (await listFiles(platform, '')).filter((path) => !staysAnyway(path));
  let kept: string | undefined;
  if (present.length > 0) {
    await git.commitOnly(present, `Keep the project before ${lesson} starts anew`);
    kept = await freeBranch(platform, `kept/${lesson}`);
    await git.createBranch(kept);
  }
  for (const path of present) await files.remove(path);
  const laid = target === undefined ? [] : [...(await git.treeAt(target)).keys()].filter((path) => !staysAnyway(path));
  for (const path of laid) await files.write(path, (await git.readAt(target!, path))!);
  return { kept, files: [...new Set([...present, ...laid])] };
}

/** The account of what was done and learned outlives every restart. */
const staysAnyway = (path: string): boolean => path === PATHS.journal || path.startsWith('.lab/course/') || path.startsWith('.git/');

async function listFiles(platform: Platform, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await platform.files.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (path === '.git') continue;
    if ((await platform.files.stat(path))?.type === 'directory') found.push(...(await listFiles(platform, path)));
    else found.push(path);
  }
  return found;
}

async function freeBranch(platform: Platform, stem: string): Promise<string> {
  const taken = new Set(await platform.git.branches());
  for (let i = 1; ; i++) if (!taken.has(`${stem}-${i}`)) return `${stem}-${i}`;
}
