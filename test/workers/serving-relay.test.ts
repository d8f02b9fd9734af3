import { describe, expect, test } from 'vitest';
import type { Ask, Standing } from '../../src/core/serve/hand-over.js';
import type { ServeReply } from '../../src/core/serve/protocol.js';
import { relay, type LabWindow } from '../../src/workers/serving-relay.js';

const patience = { standing: 60, pause: 10, owner: 250, answer: 200 };
const request = { method: 'POST', path: 'v2/models/m/infer', body: '{}' };

/** A window that tells its standing (or nothing) and answers each request with its own name. */
function fakeWindow(standing: (asked: number) => Standing | undefined, reply?: ServeReply): LabWindow & { served: number } {
  let asked = 0;
  return {
    served: 0,
    postMessage(message: Ask, [port]: Transferable[]) {
      if (message.type === 'looplab-standing') {
        const told = standing(asked++);
        if (told !== undefined) (port as MessagePort).postMessage(told);
        return;
      }
      this.served++;
      if (reply) (port as MessagePort).postMessage({ ...reply, body: `${reply.body} ${message.request.path}` });
    },
  };
}
const ok: ServeReply = { status: 200, body: 'answer to' };
const owner = () => fakeWindow(() => 'owner', ok);
const reader = () => fakeWindow(() => 'reader', ok);
const silent = () => fakeWindow(() => undefined, ok);

describe('relay', () => {
  test('the owner answers, readers and silent windows are not asked', async () => {
    const [mute, other, own] = [silent(), reader(), owner()];
    const started = performance.now();
    expect(await relay(request, async () => [mute, other, own], patience)).toEqual({ status: 200, body: 'answer to v2/models/m/infer' });
    expect(performance.now() - started).toBeLessThan(patience.standing);
    expect([mute.served, other.served, own.served]).toEqual([0, 0, 1]);
  });

  test('a window that is still opening is given time', async () => {
    const late = fakeWindow((asked) => (asked < 3 ? 'opening' : 'owner'), ok);
    expect((await relay(request, async () => [late], patience)).status).toBe(200);
  });

  test('a window that comes up while asking is found', async () => {
    let round = 0;
    expect((await relay(request, async () => (round++ === 0 ? [silent()] : [owner()]), patience)).status).toBe(200);
  });

  test.each<[string, () => LabWindow[], RegExp]>([
    ['no window', () => [], /no tab of the lab is open/],
    ['readers only', () => [reader(), reader()], /no open tab owns the project/],
    ['a window that never answers', () => [silent()], /still opening/],
    ['an owner that does not answer', () => [fakeWindow(() => 'owner')], /did not answer within 0.2 seconds/],
  ])('%s: 503 with the reason', async (_, windows, reason) => {
    const open = windows();
    const reply = await relay(request, async () => open, patience);
    expect(reply.status).toBe(503);
    expect((JSON.parse(reply.body) as { error: string }).error).toMatch(reason);
  });
});
