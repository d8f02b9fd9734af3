import { LabError } from '../core/lab-error.js';
import type { Ask, Standing } from '../core/serve/hand-over.js';
import type { ServeReply, ServeRequest } from '../core/serve/protocol.js';
import { refuse } from '../core/serve/refusal.js';
import type { EngineClient } from './engine-client.js';

/** The part of `navigator.serviceWorker` that the bridge listens to. */
export type AskSource = Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & { startMessages?(): void };

/** Answers what the service worker asks of this window: its standing, and requests to the endpoint through the engine. Gives a function that stops it. */
export function bridgeServing(source: AskSource, client: Pick<EngineClient, 'call'>, standing: () => Standing): () => void {
  const answer = async (event: Event): Promise<void> => {
    const { data, ports } = event as MessageEvent<Partial<Ask> | undefined>;
    const [port] = ports;
    if (port === undefined) return;
    if (data?.type === 'looplab-standing') port.postMessage(standing());
    if (data?.type === 'looplab-serve') port.postMessage(await serve(client, standing(), (data as { request: ServeRequest }).request));
  };
  const listen = (event: Event): void => void answer(event);
  source.addEventListener('message', listen);
  source.startMessages?.();
  return () => source.removeEventListener('message', listen);
}

async function serve(client: Pick<EngineClient, 'call'>, standing: Standing, request: ServeRequest): Promise<ServeReply> {
  if (standing !== 'owner') return refuse(503, 'this tab does not own the project any more; ask again');
  try {
    return await client.call('serve', request);
  } catch (cause) {
    const { code, message } = LabError.from(cause);
    return refuse(code === 'engine-lost' ? 503 : 500, message);
  }
}
