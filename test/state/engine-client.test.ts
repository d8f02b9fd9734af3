import { describe, expect, it, vi } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { EngineClient, type EnginePort } from '../../src/state/engine-client.js';
import type { EngineMessage, PageMessage } from '../../src/workers/messages.js';
import { emptySnapshot } from '../ui/fixtures/snapshots.js';

class FakePort implements EnginePort {
  onmessage: ((event: MessageEvent<EngineMessage>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly sent: PageMessage[] = [];
  postMessage(message: PageMessage): void {
    this.sent.push(message);
  }
  answer(message: EngineMessage): void {
    this.onmessage?.({ data: message } as MessageEvent<EngineMessage>);
  }
}

const start = () => {
  const port = new FakePort();
  return { port, client: new EngineClient(port) };
};

describe('EngineClient', () => {
  it('gives each answer to its own call, in any order', async () => {
    const { port, client } = start();
    const first = client.call('view', { name: 'a', args: {} });
    const second = client.call('view', { name: 'b', args: {} });
    port.answer({ type: 'done', id: 2, value: 'B' });
    port.answer({ type: 'done', id: 1, value: 'A' });
    expect(await Promise.all([first, second])).toEqual(['A', 'B']);
  });
  it('revives a failure with its code and data', async () => {
    const { port, client } = start();
    const call = client.call('verb', { name: 'train', args: {} });
    port.answer({ type: 'failed', id: 1, code: 'quota-full', data: { used: 7 } });
    const error = await call.catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(LabError);
    expect(error).toMatchObject({ code: 'quota-full', data: { used: 7 } });
  });
  it('answers a call that asks for a line, and ends its input where nobody can be asked', async () => {
    const { port, client } = start();
    const lines = ['y', undefined];
    const call = client.call('terminal', { line: 'git add -p', locale: 'en' }, { onAsk: async () => lines.shift() });
    void client.call('view', { name: 'a', args: {} });
    for (const id of [1, 1, 2, 9]) {
      port.answer({ type: 'line-asked', id });
      await Promise.resolve();
    }
    port.answer({ type: 'done', id: 1, value: { status: 0, folder: '/' } });
    await call;
    expect(port.sent.filter((m) => m.type === 'line')).toEqual([{ type: 'line', id: 1, text: 'y' }, { type: 'line', id: 1 }, { type: 'line', id: 2 }]);
  });
  it('reports progress and output of a call that runs, and none after its end', async () => {
    const { port, client } = start();
    const onProgress = vi.fn();
    const onOutput = vi.fn();
    const call = client.call('terminal', { line: 'ls', locale: 'en' }, { onProgress, onOutput });
    port.answer({ type: 'progress', id: 1, progress: { done: 1, total: 2, note: 'read' } });
    port.answer({ type: 'output', id: 1, text: 'README.md' });
    port.answer({ type: 'done', id: 1, value: { status: 0, folder: '/' } });
    port.answer({ type: 'output', id: 1, text: 'late' });
    await call;
    expect([onProgress.mock.calls, onOutput.mock.calls]).toEqual([[[{ done: 1, total: 2, note: 'read' }]], [['README.md']]]);
  });
  it('asks the engine to stop once, and waits for its word', async () => {
    const { port, client } = start();
    const stop = new AbortController();
    const call = client.call('verb', { name: 'train', args: {} }, { signal: stop.signal });
    stop.abort();
    stop.abort();
    port.answer({ type: 'failed', id: 1, code: 'cancelled', data: {} });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(port.sent.map((message) => message.type)).toEqual(['call', 'cancel']);
  });
  it('never sends a call that was stopped before', async () => {
    const { port, client } = start();
    await expect(client.call('storage', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    expect(port.sent).toEqual([]);
  });
  it('fails all waiting calls when the worker dies', async () => {
    const { port, client } = start();
    const calls = [client.call('storage', {}), client.call('exportProject', {})];
    port.onerror?.({ message: 'out of memory' } as ErrorEvent);
    const results = await Promise.allSettled(calls);
    expect(results.map((result) => result.status === 'rejected' && (result.reason as LabError).code)).toEqual(['engine-lost', 'engine-lost']);
  });
  it('hears of changes and of a lost project, and ignores answers to nobody', () => {
    const { port, client } = start();
    client.onChanged = vi.fn();
    client.onLost = vi.fn();
    port.answer({ type: 'changed', snapshot: emptySnapshot });
    port.answer({ type: 'lost' });
    port.answer({ type: 'done', id: 99, value: 1 });
    expect([vi.mocked(client.onChanged).mock.calls.length, vi.mocked(client.onLost).mock.calls.length]).toEqual([1, 1]);
  });
});
