import { describe, expect, it } from 'vitest';
import { EngineClient, type EnginePort } from '../../src/state/engine-client.js';
import { keepAndReplace } from '../../src/state/keep-and-replace.js';
import { Project } from '../../src/state/project.svelte.js';
import type { CallName, EngineMessage, PageMessage } from '../../src/workers/messages.js';
import { emptySnapshot, roundSnapshot } from '../ui/fixtures/snapshots.js';

type Answer = { value: unknown } | { code: string } | undefined;

/** An engine that answers by name at once; undefined leaves the call waiting. */
function makeProject(answers: Partial<Record<CallName, (payload: never) => Answer>>) {
  const sent: PageMessage[] = [];
  const port: EnginePort = {
    onmessage: null,
    postMessage(message) {
      sent.push(message);
      if (message.type === 'cancel') return tell({ type: 'failed', id: message.id, code: 'cancelled', data: {} });
      if (message.type !== 'call') return;
      const answer = answers[message.name]?.(message.payload as never);
      if (answer === undefined) return;
      tell('value' in answer ? { type: 'done', id: message.id, value: answer.value } : { type: 'failed', id: message.id, code: answer.code, data: {} });
    },
  };
  const tell = (message: EngineMessage) => queueMicrotask(() => port.onmessage?.({ data: message } as MessageEvent<EngineMessage>));
  return { project: new Project(new EngineClient(port)), sent, tell };
}

const opened = (readOnly = false, snapshot = emptySnapshot) => ({ value: { project: 'default', readOnly, snapshot } });
const report = { value: { command: 'lab train --model linear', lines: [], result: {}, step: { object: { type: 'run', id: '1' } } } };

describe('Project', () => {
  it('opens read-only beside another tab, and takes over when told to', async () => {
    const { project, sent } = makeProject({ open: ({ steal }: { steal: boolean }) => opened(!steal) });
    await project.open();
    expect([project.readOnly, project.opening]).toEqual([true, false]);
    await project.takeOver();
    expect(project.readOnly).toBe(false);
    expect(sent.map((message) => message.type === 'call' && message.payload)).toEqual([{ project: 'default', steal: false }, { project: 'default', steal: true }]);
  });
  it('becomes read-only when another tab takes over', async () => {
    const { project, tell } = makeProject({ open: () => opened() });
    await project.open();
    tell({ type: 'lost' });
    await Promise.resolve();
    expect(project.readOnly).toBe(true);
  });
  it('keeps the reason when it cannot open, and forgets it on success', async () => {
    let full = true;
    const { project } = makeProject({ open: () => (full ? { code: 'quota-full' } : opened()) });
    await project.open();
    expect([project.openError?.code, project.snapshot]).toEqual(['quota-full', undefined]);
    full = false;
    await project.open();
    expect([project.openError, project.snapshot]).toEqual([undefined, emptySnapshot]);
  });
  it('shows a task while a verb runs, with its last progress, and its command after', async () => {
    const { project, tell } = makeProject({ verb: () => undefined });
    const running = project.run('train', { model: 'linear' });
    tell({ type: 'progress', id: 1, progress: { done: 3, total: 20, note: 'epoch' } });
    await Promise.resolve();
    expect(project.task).toMatchObject({ verb: 'train', progress: { done: 3, total: 20 } });
    tell({ type: 'done', id: 1, value: report.value });
    expect(await running).toEqual(report.value);
    expect([project.task, project.lastCommand]).toEqual([undefined, 'lab train --model linear']);
  });
  it('says why a verb failed, once, and not when the panel says it', async () => {
    const { project } = makeProject({ verb: () => ({ code: 'no-rows' }) });
    expect(await project.run('train', {}, { quiet: true })).toBeUndefined();
    expect([project.lastError?.code, project.notices.list.length]).toEqual(['no-rows', 0]);
    await project.run('train');
    expect(project.notices.list.map(({ tone, error }) => [tone, error?.code])).toEqual([['bad', 'no-rows']]);
  });
  it('stops a verb when its task is cancelled', async () => {
    const { project } = makeProject({ verb: () => undefined });
    const running = project.run('train');
    project.task?.cancel();
    expect(await running).toBeUndefined();
    expect([project.lastError?.code, project.task]).toEqual(['cancelled', undefined]);
  });
});

describe('keepAndReplace', () => {
  const zip = { value: { name: 'looplab.zip', zip: new Blob(['kept']) } };
  it('gives a way back that brings in the very zip that was kept', async () => {
    const seen: Blob[] = [];
    const { project } = makeProject({ exportProject: () => zip, resetProject: () => opened(), importProject: ({ zip: blob }: { zip: Blob }) => (seen.push(blob), opened(false, roundSnapshot)) });
    const undo = await keepAndReplace(project, () => project.reset());
    expect(project.snapshot).toBe(emptySnapshot);
    await undo?.();
    expect([seen, project.snapshot]).toEqual([[zip.value.zip], roundSnapshot]);
  });
  it('never replaces what it could not keep', async () => {
    const { project, sent } = makeProject({ exportProject: () => ({ code: 'export-too-big' }), resetProject: () => opened() });
    expect(await keepAndReplace(project, () => project.reset())).toBeUndefined();
    expect(sent.map((message) => message.type === 'call' && message.name)).toEqual(['exportProject']);
  });
});
