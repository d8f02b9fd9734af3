import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import { md5Hex } from '../../../src/core/version/md5.js';
import type { EditableFile } from '../../../src/lab/views/file-views.js';
import { DraftShelf } from '../../../src/panels/editor/draft-shelf.js';
import { OpenFile } from '../../../src/panels/editor/open-file.svelte.js';

const digest = (text: string): string => md5Hex(new TextEncoder().encode(text));

/** A project of one file, which refuses as the real one does. */
class FakeProject {
  content: string | undefined = 'one\n';
  failure: LabError | undefined;
  held: Promise<void> | undefined;
  readonly writes: string[] = [];
  readonly client = {
    call: async (_name: string, { text, expected }: { text: string; expected: string }) => {
      await this.held;
      if (this.failure) throw this.failure;
      if (expected !== (this.content === undefined ? '' : digest(this.content))) throw new LabError('file-changed', { path: 'a' });
      this.content = text;
      this.writes.push(text);
      return { digest: digest(text) };
    },
  };
  view = (): Promise<EditableFile> =>
    Promise.resolve(this.content === undefined ? { path: 'a', kind: 'missing', digest: '', size: 0 } : { path: 'a', kind: 'text', text: this.content, digest: digest(this.content), size: this.content.length });
}

class MemoryShelf {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

describe('an open file', () => {
  let project: FakeProject;
  let shelf: MemoryShelf;
  const open = async (): Promise<OpenFile> => {
    const file = new OpenFile('a', project as never, new DraftShelf(shelf));
    await file.read();
    return file;
  };
  beforeEach(() => {
    vi.useFakeTimers();
    [project, shelf] = [new FakeProject(), new MemoryShelf()];
  });
  afterEach(() => vi.useRealTimers());

  it('goes into the project after a pause, as one batch, and its draft goes', async () => {
    const file = await open();
    file.edit('one\nt');
    file.edit('one\ntwo\n');
    expect([file.state, project.writes, shelf.kept.size]).toEqual(['typing', [], 1]);
    await vi.advanceTimersByTimeAsync(600);
    expect([file.state, project.writes, shelf.kept.size]).toEqual(['saved', ['one\ntwo\n'], 0]);
  });
  it('keeps what is typed while a batch is on its way', async () => {
    const file = await open();
    let release = (): void => undefined;
    project.held = new Promise((done) => (release = done));
    file.edit('two\n');
    await vi.advanceTimersByTimeAsync(600);
    expect(file.state).toBe('saving');
    file.edit('two\nthree\n');
    release();
    await vi.advanceTimersByTimeAsync(1500);
    expect([file.state, project.content, shelf.kept.size]).toEqual(['saved', 'two\nthree\n', 0]);
  });
  it('comes back with what was typed when the tab died before the pause', async () => {
    (await open()).edit('one\nlost?\n');
    vi.clearAllTimers();
    const again = await open();
    expect(again.text).toBe('one\nlost?\n');
    await vi.advanceTimersByTimeAsync(0);
    expect([again.state, project.content]).toEqual(['saved', 'one\nlost?\n']);
  });
  it('takes a change from elsewhere when nothing own is at stake', async () => {
    const file = await open();
    project.content = 'from git\n';
    await file.read();
    expect([file.state, file.text]).toEqual(['saved', 'from git\n']);
  });
  it('keeps both sides when a command wrote the file meanwhile, and settles as asked', async () => {
    for (const [keep, wanted] of [['mine', 'mine\n'], ['theirs', 'theirs\n']] as const) {
      project.content = 'one\n';
      const file = await open();
      file.edit('mine\n');
      project.content = 'theirs\n';
      await vi.advanceTimersByTimeAsync(600);
      expect([file.state, file.text, file.theirs?.text, project.content]).toEqual(['clash', 'mine\n', 'theirs\n', 'theirs\n']);
      await file.settle(keep);
      expect([file.state, file.text, project.content, shelf.kept.size]).toEqual(['saved', wanted, wanted, 0]);
    }
  });
  it('clashes with a draft of an older text after a restart', async () => {
    (await open()).edit('mine\n');
    vi.clearAllTimers();
    project.content = 'theirs\n';
    const again = await open();
    expect([again.state, again.text, again.theirs?.text]).toEqual(['clash', 'mine\n', 'theirs\n']);
  });
  it('says that it is gone, and is written again when asked', async () => {
    const file = await open();
    project.content = undefined;
    await file.read();
    expect([file.state, file.text]).toEqual(['gone', 'one\n']);
    await file.settle('mine');
    expect([file.state, project.content]).toEqual(['saved', 'one\n']);
  });
  it('keeps the words and the reason when there is no room, and tries again', async () => {
    const file = await open();
    project.failure = new LabError('quota-full');
    file.edit('two\n');
    await vi.advanceTimersByTimeAsync(600);
    expect([file.state, file.error?.code, file.text, shelf.kept.size]).toEqual(['failed', 'quota-full', 'two\n', 1]);
    project.failure = undefined;
    await file.save();
    expect([file.state, project.content]).toEqual(['saved', 'two\n']);
  });
  it('works without a shelf, and with a broken draft on it', async () => {
    shelf.setItem('looplab.draft.a', '{"text":1}');
    expect((await open()).text).toBe('one\n');
    const file = new OpenFile('a', project as never, new DraftShelf(undefined));
    await file.read();
    file.edit('two\n');
    await vi.advanceTimersByTimeAsync(600);
    expect(project.content).toBe('two\n');
  });
});
