import { LabError } from '../../core/lab-error.js';
import type { Project } from '../../state/project.svelte.js';

/** How a stage fared in the last run of this page. */
export type Outcome = 'running' | 'ran' | 'failed' | 'from-cache' | 'skipped';

const MOST_CHARACTERS = 60_000;

/** A command of the pipeline as it runs in the page's shell: its words as they come, and which stage is at work. */
export class PipelineRun {
  line = $state<string>();
  output = $state('');
  running = $state(false);
  failed = $state(false);
  outcomes = $state.raw<Readonly<Record<string, Outcome>>>({});
  #stop: AbortController | undefined;

  constructor(private readonly project: Project) {}

  /** Runs one line of the terminal, such as `dvc repro`; never throws. */
  async start(line: string, locale: string): Promise<void> {
    if (this.running) return;
    const stop = new AbortController();
    this.#stop = stop;
    [this.line, this.output, this.running, this.failed, this.outcomes] = [line, '', true, false, {}];
    try {
      const { status } = await this.project.client.call('terminal', { line, locale }, { signal: stop.signal, onOutput: (text) => this.#hear(text) });
      this.failed = status !== 0;
    } catch (cause) {
      this.failed = true;
      if (LabError.from(cause).code !== 'cancelled') this.#hear(`${String(cause)}\n`);
    }
    this.running = false;
    this.#settle(this.failed ? 'failed' : 'ran');
  }

  stop(): void {
    this.#stop?.abort();
  }

  #hear(text: string): void {
    this.output = (this.output + text).slice(-MOST_CHARACTERS);
    const outcomes = { ...this.outcomes };
    for (const line of text.split('\n')) {
      const [, begun] = /^Running stage '(.+)':$/.exec(line) ?? [];
      const [, still, how] = /^Stage '(.+)' (didn't change|is cached)/.exec(line) ?? [];
      if (begun === undefined && still === undefined) continue;
      for (const [name, outcome] of Object.entries(outcomes)) if (outcome === 'running') outcomes[name] = 'ran';
      if (begun !== undefined) outcomes[begun] = 'running';
      if (still !== undefined) outcomes[still] = how === 'is cached' ? 'from-cache' : 'skipped';
    }
    this.outcomes = outcomes;
  }

  #settle(last: Outcome): void {
    this.outcomes = Object.fromEntries(Object.entries(this.outcomes).map(([name, outcome]) => [name, outcome === 'running' ? last : outcome]));
  }
}

/** A name as one word of the shell. */
export const shellWord = (name: string): string => (/^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`);
