import { describe, expect, it } from 'vitest';
import { readSpec } from '../../src/course/load-lesson.js';
import { begin, commandsOf, startFromSnapshot, startOver, type LessonActs } from '../../src/course/start-lesson.js';
import { worldOf } from '../../src/course/views-world.js';
import { LabError } from '../../src/core/lab-error.js';
import { LEARNING_FILE, readLearning } from '../../src/lab/learning.js';
import { openReplay, type Replay } from './replay.js';

const spec = readSpec('{ id: a, version: 3, minutes: 1, needs: [], panels: [], start: bare, steps: [{ id: one, kind: read }] }', 'a');
const actsOf = (replay: Replay): LessonActs => ({ run: (verb, args) => replay.run(verb, args as Record<string, string>), type: async (line) => (await replay.type(line)).status });
const text = async (replay: Replay, path: string): Promise<string | undefined> => ((await replay.platform.files.stat(path)) ? new TextDecoder().decode(await replay.platform.files.read(path)) : undefined);
const learning = async (replay: Replay) => readLearning(JSON.parse((await text(replay, LEARNING_FILE)) ?? 'null')).lessons['a']!;

describe('starting a lesson', () => {
  it('on a new project keeps no branch, replays the commands and lays the files', async () => {
    const replay = await openReplay();
    await startFromSnapshot(actsOf(replay), spec, { script: '# c\n\nlab collect --dataset penguins\n', files: { 'src/it\'s/a.txt': "a 'quoted' $HOME\n" } });
    expect(replay.engine.snapshot.data?.dataset).toBe('penguins');
    expect(await text(replay, "src/it's/a.txt")).toBe("a 'quoted' $HOME\n");
    expect(await replay.platform.git.branches()).toEqual(['main']);
    expect(await learning(replay)).toMatchObject({ version: 3, startState: expect.stringMatching(/^[0-9a-f]{32}\.dir$/) as string });
  });

  it('on a project with work keeps that work, state and all, and can give it back', async () => {
    const replay = await openReplay();
    const acts = actsOf(replay);
    for (const line of ['lab collect --dataset chicago_ridership', 'lab prepare --target ridership', 'lab train --model dummy', 'lab evaluate', "echo mine > notes.txt", 'lab advance --days 40']) await replay.type(line);
    await begin(acts, spec);
    const before = replay.engine.snapshot;
    const state = (await learning(replay)).startState!;
    await startFromSnapshot(acts, spec, { script: 'lab collect --dataset penguins', files: {} });
    expect(replay.engine.snapshot).toMatchObject({ runs: [], data: { dataset: 'penguins' }, world: { injections: [] } });
    expect(replay.engine.snapshot.world.now).toBeUndefined();
    expect(await text(replay, 'notes.txt')).toBeUndefined();
    expect(await text(replay, 'README.md')).toContain('git repository');
    expect(await replay.platform.git.branches()).toEqual(['kept/a-1', 'main']);
    expect(new TextDecoder().decode(await replay.platform.git.readAt('kept/a-1', 'notes.txt'))).toBe('mine\n');
    const pointer = new TextDecoder().decode(await replay.platform.git.readAt('kept/a-1', 'lab-state.dvc'));
    expect(pointer).toMatch(/md5: [0-9a-f]{32}\.dir/);

    await startOver(acts, spec, state);
    const { journal: _journal, git: _git, lastCommand: _last, ...shown } = replay.engine.snapshot;
    const { journal: _j, git: _g, lastCommand: _l, ...was } = before;
    expect(shown).toEqual(was);
    expect(await text(replay, 'notes.txt')).toBe('mine\n');
    expect(await replay.platform.git.branches()).toEqual(['kept/a-1', 'kept/a-2', 'main']);
  });

  it('leaves the journal whole, and checks see only what came after', async () => {
    const replay = await openReplay();
    await replay.type('lab collect --dataset penguins');
    await startFromSnapshot(actsOf(replay), spec, { script: '', files: {} });
    const world = worldOf((name, args) => replay.engine.view(name, args), replay.engine.snapshot, 0);
    expect((await replay.engine.view('history')).verdict.ok).toBe(true);
    expect((await replay.engine.view('history')).steps.map((step) => step.action)).toEqual(['collect', 'learn', 'learn']);
    expect((await world.journal()).map((step) => step.action)).toEqual(['learn']);
    expect(await world.commits()).toEqual([]);
  });

  it('stops at a command that fails, says which, and has kept the work', async () => {
    const replay = await openReplay();
    await replay.type('lab collect --dataset penguins');
    const failing = startFromSnapshot(actsOf(replay), spec, { script: 'lab train --model linear', files: {} });
    await expect(failing).rejects.toMatchObject({ code: 'snapshot-failed', data: { line: 'lab train --model linear' } });
    expect(await replay.platform.git.branches()).toContain('kept/a-1');
  });

  it.each(['../out.txt', '/etc/x', 'a/../../b', '.git/config'])('refuses to lay %s', async (path) => {
    const acts: LessonActs = { run: () => Promise.resolve(), type: () => Promise.resolve(0) };
    await expect(startFromSnapshot(acts, spec, { script: '', files: { [path]: 'x' } })).rejects.toMatchObject({ code: 'bad-path' });
  });

  it('reads commands without comments', () => {
    expect(commandsOf('# a\n\n lab one \n#b\nlab two # no comment\n')).toEqual(['lab one', 'lab two # no comment']);
  });
});

describe('the verb learn', () => {
  it.each([
    ['a lesson that is no id', { lesson: '../x', event: 'passed' }, 'bad-name'],
    ['an unknown event', { lesson: 'a', event: 'cheated' }, 'flag-value'],
    ['no event', { lesson: 'a' }, 'flag-required'],
    ['an endless answer', { lesson: 'a', event: 'answered', step: 's', value: 'x'.repeat(501) }, 'flag-value'],
    ['a state that is nowhere', { lesson: 'a', event: 'restarted', value: `${'0'.repeat(32)}.dir` }, 'object-missing'],
  ])('refuses %s and changes nothing', async (_name, args, code) => {
    const replay = await openReplay();
    await replay.type('lab collect --dataset penguins');
    const before = replay.engine.snapshot;
    const error = await replay.run('learn', args as unknown as Record<string, string>).catch((cause: unknown) => LabError.from(cause));
    expect(error).toMatchObject({ code });
    expect(replay.engine.snapshot).toEqual(before);
  });

  it('notes without a commit, and survives a broken store', async () => {
    const replay = await openReplay();
    const commit = replay.engine.snapshot.git.commit;
    await replay.run('learn', { lesson: 'a', event: 'answered', step: 'guess', value: '4.2' });
    expect((await learning(replay)).steps['guess']!.answers[0]!.value).toBe('4.2');
    expect(replay.engine.snapshot.git.commit).toBe(commit);
    await replay.platform.files.write(LEARNING_FILE, '{ broken');
    await replay.platform.save();
    await replay.run('learn', { lesson: 'a', event: 'passed', step: 'two' });
    expect((await learning(replay)).steps['two']!.passedAt).toBeTypeOf('number');
  });
});
