import { readFile } from 'node:fs/promises';
import { judgeStep, type StepVerdict } from '../../src/course/run-checks.js';
import type { DoStep } from '../../src/course/schema.js';
import { worldOf } from '../../src/course/views-world.js';
import type { LabError } from '../../src/core/lab-error.js';
import { openEngine, type Engine } from '../../src/lab/engine.js';
import { openMemoryPlatform, type MemoryPlatform } from '../../src/platform/memory-platform.js';
import { createNodeNets } from '../../src/platform/tfjs/node-nets.js';
import { createShell, type Shell } from '../../src/terminal/shell.js';
import { createNodeSandbox } from '../../src/platform/sandbox/node-sandbox.js';

/** What a typed line left. */
export interface Typed {
  readonly status: number;
  readonly text: string;
}

/** A project in memory with an engine and a shell, which can be forked to try something else from the same state. */
export class Replay {
  private constructor(
    readonly platform: MemoryPlatform,
    readonly engine: Engine,
    private readonly shell: Shell,
    public since: number,
  ) {}

  static async open(platform: MemoryPlatform, since = 0): Promise<Replay> {
    const engine = await openEngine(platform);
    const formatError = (error: LabError): string => `${error.code} ${JSON.stringify(error.data)}`;
    const shell = createShell({ engine, platform, serve: (request) => engine.serve(request), formatError, now: () => platform.now() });
    return new Replay(platform, engine, shell, since);
  }

  fork(): Promise<Replay> {
    return Replay.open(this.platform.fork(), this.since);
  }

  async run(verb: string, args: Record<string, string | number>): Promise<unknown> {
    return this.engine.run(verb, args);
  }

  async type(line: string): Promise<Typed> {
    let text = '';
    const { status } = await this.shell.run(line, { onOutput: (piece) => void (text += piece) });
    return { status, text };
  }

  judge(step: DoStep): Promise<StepVerdict> {
    return judgeStep(step, worldOf((name, args) => this.engine.view(name, args), this.engine.snapshot, this.since));
  }
}

/** A new empty project on a clock that moves one second at each look, so that a replay is the same each time. */
export async function openReplay(): Promise<Replay> {
  let now = Date.UTC(2026, 0, 1);
  const asset = async (path: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(`../../public/${path}`, import.meta.url)));
  return Replay.open(openMemoryPlatform({ nets: createNodeNets(), sandbox: createNodeSandbox(), asset, now: () => (now += 1000) }));
}
