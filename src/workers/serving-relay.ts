import type { Ask, Standing } from '../core/serve/hand-over.js';
import type { ServeReply, ServeRequest } from '../core/serve/protocol.js';
import { refuse } from '../core/serve/refusal.js';

/** A window of the lab, as the service worker sees it. */
export interface LabWindow {
  postMessage(message: Ask, transfer: Transferable[]): void;
}

/** How long to wait, in milliseconds: for a window to tell its standing, between rounds, for an owner at all, and for an answer. */
export interface Patience {
  readonly standing: number;
  readonly pause: number;
  readonly owner: number;
  readonly answer: number;
}

const PATIENCE: Patience = { standing: 1000, pause: 200, owner: 5000, answer: 60_000 };

/** Hands a request to the window that owns the project; 503 when none is open, none owns it, or it does not answer. */
export async function relay(request: ServeRequest, windows: () => Promise<readonly LabWindow[]>, patience: Patience = PATIENCE): Promise<ServeReply> {
  const owner = await findOwner(windows, patience);
  if (typeof owner === 'string') return refuse(503, owner);
  const reply = await ask<ServeReply>(owner, { type: 'looplab-serve', request }, patience.answer);
  return reply ?? refuse(503, `the lab did not answer within ${patience.answer / 1000} seconds`);
}

/** The window that owns the project, or why there is none. A window that is still loading is given time. */
async function findOwner(windows: () => Promise<readonly LabWindow[]>, patience: Patience): Promise<LabWindow | string> {
  const end = performance.now() + patience.owner;
  for (;;) {
    const open = await windows();
    if (open.length === 0) return 'no tab of the lab is open; open it and ask again';
    const standings = open.map(async (window) => ({ window, standing: await ask<Standing>(window, { type: 'looplab-standing' }, patience.standing) }));
    const owner = await firstOwner(standings);
    if (owner) return owner;
    const told = (await Promise.all(standings)).map(({ standing }) => standing);
    if (told.every((standing) => standing === 'reader')) return 'no open tab owns the project; take it over in one of them and ask again';
    if (performance.now() > end) return 'the lab is still opening; ask again in a moment';
    await new Promise((resolve) => setTimeout(resolve, patience.pause));
  }
}

/** The first that says it is the owner; the silence of the others is not waited for. */
function firstOwner(standings: readonly Promise<{ window: LabWindow; standing: Standing | undefined }>[]): Promise<LabWindow | undefined> {
  const owners = standings.map(async (told) => {
    const { window, standing } = await told;
    if (standing !== 'owner') throw new Error('not the owner');
    return window;
  });
  return Promise.any(owners).catch(() => undefined);
}

/** One question over a channel of its own; undefined when no answer comes in time. */
function ask<T>(window: LabWindow, message: Ask, milliseconds: number): Promise<T | undefined> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<T | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    port1.onmessage = (event: MessageEvent<T>) => {
      clearTimeout(timer);
      resolve(event.data);
    };
    window.postMessage(message, [port2]);
  }).finally(() => port1.close());
}
