import { LabError } from '../core/lab-error.js';
import { formatDvcFile } from '../core/version/dvc-file.js';
import { formatManifest, parseManifest } from '../core/version/manifest.js';
import { md5Hex } from '../core/version/md5.js';
import { LEARNING_EVENTS, LEARNING_FILE, learn as learnOnce, readLearning, type LearningEventKind } from './learning.js';
import type { Platform } from './platform.js';
import { readJson, writeJson } from './project/files.js';
import { PATHS } from './project/paths.js';
import { defineVerb, number, text, type VerbContext } from './verb.js';

/** Pointer to the whole state of the project, in the commit that a restart keeps. */
const STATE_FILE = 'lab-state.dvc';

/** Keeps what happened in a lesson; `restarted` also puts the project back, and what was there stays as a commit on a branch. */
export const learn = defineVerb({
  name: 'learn',
  summary: 'keep what you did in a lesson, or start its project anew',
  flags: {
    lesson: text('id of the lesson', { required: true }),
    event: text('what happened', { required: true, choices: LEARNING_EVENTS }),
    step: text('id of the step'),
    value: text('your answer, the wrong turn, or the state to go back to'),
    version: number('version of the lesson'),
  },
  async run({ platform }: VerbContext, { lesson = '', event = '', step, value, version }) {
    for (const word of [lesson, step ?? 'x']) if (!/^[a-z0-9-]{1,60}$/.test(word)) throw new LabError('bad-name', { name: word });
    if ((value ?? '').length > 500) throw new LabError('flag-value', { flag: '--value', value: value!.slice(0, 20), expected: 'at most 500 characters' });
    const restart = event === 'restarted' ? await startAnew(platform, lesson, value) : undefined;
    const state = event === 'started' ? await keepState(platform) : value;
    const before = readLearning(await readJson(platform, LEARNING_FILE).catch(() => undefined));
    const learning = learnOnce(before, { lesson, event: event as LearningEventKind, at: platform.now(), step, value: state, version });
    await writeJson(platform, LEARNING_FILE, learning);
    return {
      result: { learning, ...(restart?.kept === undefined ? {} : { kept: restart.kept }) },
      lines: restart?.kept ? [`started ${lesson} anew; what was there is on branch ${restart.kept}`] : [],
      step: { object: { type: 'lesson', id: step === undefined ? lesson : `${lesson}/${step}` }, reason: value === undefined ? event : `${event}: ${value}` },
      ...(restart ? { files: restart.files, message: `learn: start ${lesson} anew`, ...(restart.kept === undefined ? {} : { final: 'restart' as const }) } : {}),
    };
  },
});

/** Commits everything, marks it with a branch, and lays the files of a kept state (the project's first commit without one). */
async function startAnew(platform: Platform, lesson: string, state: string | undefined): Promise<{ kept?: string; files: string[] }> {
  const { files, git, objects } = platform;
  const first = await firstFiles(platform);
  const target = state === undefined ? first : await stateFiles(platform, state);
  const present = await projectFiles(platform);
  // A project in which nothing was done yet is not worth a branch.
  if (present.every((path) => first.has(path)) && (await git.log({ depth: 2 })).length < 2) return { files: [] };
  const inGit = present.filter((path) => !path.startsWith('.lab/'));
  const id = await keepState(platform);
  const pointer = { md5: id, size: (await objects.get(id)).length, nfiles: present.length, path: 'lab-state' };
  await files.write(STATE_FILE, formatDvcFile(pointer));
  await git.commitOnly([...inGit, STATE_FILE], `Keep the project before ${lesson} starts anew\n`);
  const kept = await freeBranch(platform, `kept/${lesson}`);
  await git.createBranch(kept);
  for (const path of [...present, STATE_FILE]) await files.remove(path);
  for (const [path, content] of target) await files.write(path, content);
  const laid = [...target.keys()].filter((path) => !path.startsWith('.lab/'));
  return { kept, files: [...new Set([...inGit, STATE_FILE, ...laid])] };
}

/** Puts every file of the project into the object store; gives the id of their manifest. */
async function keepState(platform: Platform): Promise<string> {
  const entries: { relpath: string; md5: string }[] = [];
  for (const relpath of await projectFiles(platform)) {
    const content = await platform.files.read(relpath);
    const md5 = md5Hex(content);
    await platform.objects.put(md5, content);
    entries.push({ relpath, md5 });
  }
  const manifest = formatManifest(entries);
  await platform.objects.put(manifest.id, manifest.content);
  return manifest.id;
}

async function stateFiles({ objects }: Platform, id: string): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const { relpath, md5 } of parseManifest(await objects.get(id), id)) if (!staysAnyway(relpath)) found.set(relpath, await objects.get(md5));
  return found;
}

async function firstFiles({ git }: Platform): Promise<Map<string, Uint8Array>> {
  const root = (await git.log()).at(-1);
  const found = new Map<string, Uint8Array>();
  if (!root) return found;
  for (const path of (await git.treeAt(root.id)).keys()) if (!staysAnyway(path)) found.set(path, (await git.readAt(root.id, path))!);
  return found;
}

/** The account of what was done and learned outlives every restart, and so do the settings of git and DVC. */
const staysAnyway = (path: string): boolean => path === PATHS.journal || ['.git', '.dvc', '.lab/course', '.lab/undo'].some((folder) => path === folder || path.startsWith(`${folder}/`));

async function projectFiles(platform: Platform, folder = ''): Promise<string[]> {
  const found: string[] = [];
  for (const name of await platform.files.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (staysAnyway(path)) continue;
    if ((await platform.files.stat(path))?.type === 'directory') found.push(...(await projectFiles(platform, path)));
    else found.push(path);
  }
  return found;
}

async function freeBranch({ git }: Platform, stem: string): Promise<string> {
  const taken = new Set(await git.branches());
  for (let i = 1; ; i++) if (!taken.has(`${stem}-${i}`)) return `${stem}-${i}`;
}
