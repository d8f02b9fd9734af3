import { LabError } from '../core/lab-error.js';
import type { Platform } from '../lab/platform.js';
import type { ShellEngine } from './shell-engine.js';

/**
 * The command line's turn to write. Taken at the first write of a statement, so that reading never waits for a running verb,
 * and given back after a durable save; between the two no verb runs.
 */
export class WriteTurn {
  #release: (() => void) | undefined;
  #ended: Promise<void> | undefined;

  constructor(
    private readonly engine: Pick<ShellEngine, 'exclusive' | 'reload'>,
    private readonly platform: Pick<Platform, 'save' | 'discard'>,
  ) {}

  get held(): boolean {
    return this.#release !== undefined;
  }

  /** Waits until no verb runs, then holds verbs off until `end`. Throws `cancelled` when asked to stop while waiting. */
  async begin(signal?: AbortSignal): Promise<void> {
    if (this.held) return;
    let wanted = true;
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        wanted = false;
        reject(new LabError('cancelled'));
      };
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      const ended = this.engine.exclusive(
        () =>
          new Promise<void>((release) => {
            signal?.removeEventListener('abort', stop);
            if (!wanted) return release();
            this.#release = release;
            resolve();
          }),
      );
      ended.catch(reject);
      this.#ended = ended;
    });
  }

  /** Saves what was written and lets verbs run again; when the save fails everything since the last one is forgotten and it throws. */
  async end(): Promise<void> {
    const release = this.#release;
    if (!release) return;
    try {
      await this.platform.save();
      await this.engine.reload();
    } catch (cause) {
      await this.platform.discard();
      await this.engine.reload();
      throw cause;
    } finally {
      this.#release = undefined;
      release();
      await this.#ended;
    }
  }
}
