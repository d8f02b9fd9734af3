import type { Platform } from '../platform.js';
import type { DataRemote } from './data-remote.js';
import { objectsOf, type TrackedOut } from './tracked-outs.js';

/** Objects that were copied, and those that neither side has. */
export interface Transfer {
  readonly moved: readonly string[];
  readonly missing: readonly string[];
}

/** What each object of the outputs is to the remote: in both, only here (`new`), only there (`deleted`), nowhere (`missing`). */
export async function compareWithRemote(platform: Platform, remote: DataRemote, outs: readonly TrackedOut[]): Promise<Map<string, 'same' | 'new' | 'deleted' | 'missing'>> {
  const states = new Map<string, 'same' | 'new' | 'deleted' | 'missing'>();
  for (const id of await objectsOf(outs, [platform.objects, remote])) {
    const [here, there] = [await platform.objects.has(id), await remote.has(id)];
    states.set(id, here && there ? 'same' : here ? 'new' : there ? 'deleted' : 'missing');
  }
  return states;
}

/** Copies what the remote lacks to it, the children of a folder before its manifest. */
export async function pushData(platform: Platform, remote: DataRemote, outs: readonly TrackedOut[], tick: () => Promise<void>): Promise<Transfer> {
  const states = await compareWithRemote(platform, remote, outs.filter(({ push }) => push));
  return copy(states, 'new', tick, async (id) => remote.put(id, await platform.objects.get(id)));
}

/** Copies what the cache lacks from the remote; each object's md5 is checked on the way. */
export async function fetchData(platform: Platform, remote: DataRemote, outs: readonly TrackedOut[], tick: () => Promise<void>): Promise<Transfer> {
  const states = await compareWithRemote(platform, remote, outs.filter(({ push }) => push));
  return copy(states, 'deleted', tick, async (id) => platform.objects.put(id, await remote.get(id)));
}

async function copy(states: ReadonlyMap<string, string>, wanted: string, tick: () => Promise<void>, move: (id: string) => Promise<void>): Promise<Transfer> {
  const moved: string[] = [];
  for (const [id, state] of states) {
    if (state !== wanted) continue;
    await tick();
    await move(id);
    moved.push(id);
  }
  return { moved, missing: [...states].filter(([, state]) => state === 'missing').map(([id]) => id) };
}
