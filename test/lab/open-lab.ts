import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { openEngine, type Engine, type VerbReport } from '../../src/lab/engine.js';
import type { NetTrainer } from '../../src/lab/platform.js';
import type { VerbArgs } from '../../src/lab/verb.js';
import { createNodeSandbox } from '../../src/platform/sandbox/node-sandbox.js';
import { createShell } from '../../src/terminal/shell.js';
import { formatError, runLine } from '../terminal/open-shell.js';
import { openMemoryPlatform, type MemoryPlatform } from '../../src/platform/memory-platform.js';

const PUBLIC = new URL('../../public/', import.meta.url);

/** Tests of the lab train no net; the trainer has tests of its own. */
const noNets: NetTrainer = { train: () => Promise.reject(new LabError('needs-net-trainer', { model: 'dense-net' })) };

/** A clock that goes on a second with each look, so that runs have an order. */
function tickingClock(): () => number {
  let now = Date.UTC(2026, 0, 1);
  return () => (now += 1000);
}

/** A new project in memory with the shipped data sets. */
export async function openLab(nets: NetTrainer = noNets): Promise<{ engine: Engine; platform: MemoryPlatform; act: (name: string, args?: VerbArgs) => Promise<VerbReport> }> {
  const platform = openMemoryPlatform({ nets, sandbox: createNodeSandbox(), now: tickingClock(), asset: async (path) => new Uint8Array(await readFile(new URL(path, PUBLIC))) });
  const engine = await openEngine(platform);
  return { engine, platform, act: (name, args = {}) => engine.run(name, args) };
}

/** The acts that bring a project to a deployed linear model on the live set, before the first day passes. */
export async function deployRidership(act: (name: string, args?: VerbArgs) => Promise<VerbReport>): Promise<void> {
  await act('collect', { dataset: 'chicago_ridership' });
  await act('prepare', {});
  await act('train', { model: 'linear' });
  await act('evaluate', {});
  await act('register', { name: 'ridership', alias: 'champion' });
  await act('deploy', { service: 'ridership' });
}

export type Lab = Awaited<ReturnType<typeof openLab>>;

/** What an undo would take back now. */
export const planOf = async (lab: Lab) => (await lab.engine.view('undoPlan')).plan;

/** A terminal on the lab: runs a line that must succeed and gives all that it printed. */
export function openTerminal(lab: Lab) {
  const shell = createShell({ engine: lab.engine, platform: lab.platform, serve: (r) => lab.engine.serve(r), formatError, now: Date.now });
  return async (line: string): Promise<string> => {
    const result = await runLine(shell, line);
    expect([line, result.status, result.err]).toEqual([line, 0, result.err]);
    return result.out + result.err;
  };
}
