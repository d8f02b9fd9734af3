import { describe, expect, test } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import type { Standing } from '../../src/core/serve/hand-over.js';
import type { ServeReply, ServeRequest } from '../../src/core/serve/protocol.js';
import { bridgeServing } from '../../src/state/serving-bridge.js';
import type { EngineClient } from '../../src/state/engine-client.js';

const request: ServeRequest = { method: 'GET', path: 'v2' };
const client = (answer: (request: ServeRequest) => Promise<ServeReply>): Pick<EngineClient, 'call'> => ({ call: ((_: string, payload: ServeRequest) => answer(payload)) as EngineClient['call'] });
const answering = client(async ({ path }) => ({ status: 200, body: path }));

/** Sends one message with a port and gives what comes back over it, or undefined after 50 ms. */
async function send(source: EventTarget, data: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const reply = new Promise((resolve) => {
    port1.onmessage = (event) => resolve(event.data);
    setTimeout(() => resolve(undefined), 50);
  });
  source.dispatchEvent(Object.assign(new Event('message'), { data, ports: [port2] }));
  return reply.finally(() => port1.close());
}

describe('bridgeServing', () => {
  test.each<Standing>(['owner', 'reader', 'opening'])('tells its standing: %s', async (standing) => {
    const source = new EventTarget();
    bridgeServing(source, answering, () => standing);
    expect(await send(source, { type: 'looplab-standing' })).toBe(standing);
  });

  test('hands requests to the engine', async () => {
    const source = new EventTarget();
    bridgeServing(source, answering, () => 'owner');
    expect(await send(source, { type: 'looplab-serve', request })).toEqual({ status: 200, body: 'v2' });
  });

  test.each<[string, Standing, () => Promise<ServeReply>, number, string]>([
    ['the tab lost the project meanwhile', 'reader', async () => ({ status: 200, body: '' }), 503, 'does not own'],
    ['the engine died', 'owner', () => Promise.reject(new LabError('engine-lost')), 503, 'engine-lost'],
    ['the engine failed', 'owner', () => Promise.reject(new Error('broken weights')), 500, 'broken weights'],
  ])('%s', async (_, standing, answer, status, words) => {
    const source = new EventTarget();
    bridgeServing(source, client(answer), () => standing);
    const reply = (await send(source, { type: 'looplab-serve', request })) as ServeReply;
    expect(reply.status).toBe(status);
    expect((JSON.parse(reply.body) as { error: string }).error).toContain(words);
  });

  test('leaves messages of others alone, and all after it was stopped', async () => {
    const source = new EventTarget();
    const stop = bridgeServing(source, answering, () => 'owner');
    expect(await send(source, { type: 'other' })).toBeUndefined();
    expect(await send(source, undefined)).toBeUndefined();
    stop();
    expect(await send(source, { type: 'looplab-standing' })).toBeUndefined();
  });
});
