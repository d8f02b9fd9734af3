import { LabError } from '../core/lab-error.js';
import type { Standing } from '../core/serve/hand-over.js';
import type { VerbReport } from '../lab/engine.js';
import type { OpenedProject, StorageReport } from '../lab/project-info.js';
import type { Progress, VerbArgs } from '../lab/verb.js';
import type { Snapshot } from '../lab/views/snapshot.js';
import type { EngineClient, LoginQuestion } from './engine-client.js';
import { Notices } from './notices.svelte.js';

/** What runs now; `started` in milliseconds of the wall clock. */
export interface RunningTask {
  readonly verb: string;
  readonly started: number;
  readonly progress?: Progress;
  readonly cancel: () => void;
  /** Lets what has begun end; only a search listens. */
  readonly pause?: () => void;
}

export interface RunOptions {
  /** Sees every report of progress, such as the loss of each epoch; `task.progress` shows the last one. */
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
  /** The panel shows the failure itself, so no notice appears. */
  readonly quiet?: boolean;
}

/** The learner's project as the page sees it: the last snapshot, what runs, and what was said. */
export class Project {
  snapshot = $state.raw<Snapshot>();
  opening = $state(true);
  openError = $state.raw<LabError>();
  /** Another tab owns the project. */
  readOnly = $state(false);
  task = $state.raw<RunningTask>();
  /** A remote asks for a name and a password. */
  login = $state.raw<LoginQuestion>();
  lastCommand = $state<string>();
  lastError = $state.raw<LabError>();
  readonly notices = new Notices();
  /** Called after each act that changed the project. */
  onSaved: () => void = () => {};

  constructor(
    readonly client: EngineClient,
    readonly name = 'default',
  ) {
    client.onChanged = (snapshot) => this.#show(snapshot);
    client.onLogin = (question) => (this.login = question);
    client.onLost = () => (this.readOnly = true);
  }

  /** Opens (or reopens) the project; a failure is kept in `openError` and the page offers to try again. */
  async open(steal = false): Promise<void> {
    this.opening = true;
    this.openError = undefined;
    try {
      this.#opened(await this.client.call('open', { project: this.name, steal }));
    } catch (cause) {
      this.openError = LabError.from(cause);
    } finally {
      this.opening = false;
    }
  }

  /** How this tab stands to the project, as the service worker asks it. */
  get standing(): Standing {
    if (this.opening) return 'opening';
    return this.readOnly || this.openError !== undefined ? 'reader' : 'owner';
  }

  /** Takes the project from the tab that owns it. */
  takeOver(): Promise<void> {
    return this.open(true);
  }

  /** Runs a verb; undefined when it failed or was cancelled (then `lastError` says why). */
  async run(verb: string, args: VerbArgs = {}, options: RunOptions = {}): Promise<VerbReport | undefined> {
    const report = await this.#task(verb, options, (signal, onProgress, pausing) => this.client.call('verb', { name: verb, args }, { signal, onProgress, pausing }));
    if (report !== undefined) {
      this.lastCommand = report.command;
      this.onSaved();
    }
    return report;
  }

  /** A read; rejects with `LabError`. The caller names the shape that the view of this name gives. */
  async view<T>(name: string, args: VerbArgs = {}, options: { signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {}): Promise<T> {
    return (await this.client.call('view', { name, args }, options)) as T;
  }

  /** Hands a picked or dropped file to the engine and gives the name to open it by. */
  async offerFile(file: File): Promise<string> {
    return (await this.client.call('offerFile', { file })).name;
  }

  storage(): Promise<StorageReport> {
    return this.client.call('storage', {});
  }

  exportZip(): Promise<{ name: string; zip: Blob } | undefined> {
    return this.#task('export', {}, (signal, onProgress) => this.client.call('exportProject', {}, { signal, onProgress }));
  }

  async importZip(zip: Blob): Promise<boolean> {
    return this.#replace('import', (signal, onProgress) => this.client.call('importProject', { zip }, { signal, onProgress }));
  }

  async reset(): Promise<boolean> {
    return this.#replace('reset', (signal, onProgress) => this.client.call('resetProject', {}, { signal, onProgress }));
  }

  async #replace(verb: string, act: (signal: AbortSignal, onProgress: (p: Progress) => void) => Promise<OpenedProject>): Promise<boolean> {
    const opened = await this.#task(verb, {}, act);
    if (opened !== undefined) this.#opened(opened);
    return opened !== undefined;
  }

  async #task<T>(verb: string, options: RunOptions, act: (signal: AbortSignal, onProgress: (p: Progress) => void, pausing: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const [stop, rest] = [new AbortController(), new AbortController()];
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const task: RunningTask = { verb, started: Date.now(), cancel: () => stop.abort(), pause: () => rest.abort() };
    this.task = task;
    this.lastError = undefined;
    try {
      return await act(signal, (progress) => {
        this.task = { ...task, progress };
        options.onProgress?.(progress);
      }, rest.signal);
    } catch (cause) {
      this.#failed(LabError.from(cause), options.quiet === true);
      return undefined;
    } finally {
      if (this.task?.started === task.started && this.task.verb === verb) this.task = undefined;
    }
  }

  #failed(error: LabError, quiet: boolean): void {
    this.lastError = error;
    if (!quiet) this.notices.add({ tone: error.code === 'cancelled' ? 'info' : 'bad', error }, error.code === 'cancelled' ? 4000 : 0);
  }

  #opened(opened: OpenedProject): void {
    this.readOnly = opened.readOnly;
    this.#show(opened.snapshot);
  }

  #show(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    this.lastCommand = snapshot.lastCommand ?? this.lastCommand;
  }
}
