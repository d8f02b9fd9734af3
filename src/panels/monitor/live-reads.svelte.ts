import { LabError } from '../../core/lab-error.js';
import type { Project } from '../../state/project.svelte.js';

/** How often, in milliseconds, a view is read again while the clock plays. */
const PACE = 250;

/** One view that follows the project: never two reads at once, at most four a second, the newest question wins. */
export class LiveRead<T> {
  value = $state.raw<T>();
  failure = $state.raw<LabError>();
  #busy = false;
  #wanted: Readonly<Record<string, string>> | undefined;

  constructor(
    private readonly project: Pick<Project, 'view'>,
    private readonly name: string,
    private readonly pace: number = PACE,
  ) {}

  /** Asks for the newest state; the answer comes into `value`. */
  read(args: Readonly<Record<string, string>>): void {
    this.#wanted = args;
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    for (let args = this.#take(); args !== undefined; args = this.#take()) {
      try {
        this.value = await this.project.view<T>(this.name, args);
        this.failure = undefined;
      } catch (cause) {
        this.failure = LabError.from(cause);
      }
      await new Promise((resolve) => setTimeout(resolve, this.pace));
    }
    this.#busy = false;
  }

  #take(): Readonly<Record<string, string>> | undefined {
    const wanted = this.#wanted;
    this.#wanted = undefined;
    return wanted;
  }
}
