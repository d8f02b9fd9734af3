import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetTrainer, Platform } from '../../../src/lab/platform.js';
import { openMemoryPlatform } from '../../../src/platform/memory-platform.js';
import { openNodePlatform } from '../../../src/platform/node-platform.js';
import { noSandbox } from '../no-sandbox.js';

/** A trainer for tests that train nothing. */
export const noNets: NetTrainer = { train: () => Promise.reject(new Error('no net is trained here')) };

/** A clock that only the test moves; 2026-01-02 03:04:05 UTC. */
export const START = Date.UTC(2026, 0, 2, 3, 4, 5);

export interface Opened {
  readonly platform: Platform;
  /** Opens the same project again, as after a crash: only what was saved is there. */
  reopen(): Promise<Platform>;
  end(): Promise<void>;
}

/** A project in a fresh folder on disk. */
export async function openOnDisk(): Promise<Opened & { dir: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'looplab-test-'));
  const open = (): Promise<Platform> => openNodePlatform({ dir, nets: noNets, sandbox: noSandbox, assets: 'public', now: () => START });
  return { dir, platform: await open(), reopen: open, end: () => rm(dir, { recursive: true, force: true }) };
}

/** A project in memory; `reopen` is a fork of what was saved. */
export async function openInMemory(): Promise<Opened> {
  let last = openMemoryPlatform({ nets: noNets, sandbox: noSandbox, asset: () => Promise.reject(new Error('no assets')), now: () => START });
  return { platform: last, reopen: async () => (last = last.fork()), end: async () => undefined };
}

/** A project in the fake IndexedDB of this process. */
export async function openInBrowser(): Promise<Opened> {
  const { installFakeBrowser } = await import('./fake-browser.js');
  installFakeBrowser();
  const { openBrowserPlatform } = await import('../../../src/platform/browser-platform.js');
  const opened: { close(): Promise<void> }[] = [];
  const open = async (): Promise<Platform> => {
    const platform = await openBrowserPlatform({ project: 'test', nets: noNets, sandbox: noSandbox, readOnly: false, base: 'http://localhost/', now: () => START });
    opened.push(platform);
    return platform;
  };
  return {
    platform: await open(),
    reopen: open,
    end: async () => {
      for (const platform of opened) await platform.close();
    },
  };
}
