import type { ServeReply, ServeRequest } from '../core/serve/protocol.js';
import type { VerbReport } from '../lab/engine.js';
import type { Progress, Verb, VerbArgs } from '../lab/verb.js';
import type { Snapshot } from '../lab/views/snapshot.js';

/** What the command line needs of the engine: verbs, reads, the endpoint, and a turn in which no verb runs. */
export interface ShellEngine {
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly snapshot: Snapshot;
  run(name: string, args: VerbArgs, hooks: { signal?: AbortSignal; progress?: (p: Progress) => void; actor?: string }): Promise<VerbReport>;
  view(name: string, args: VerbArgs): Promise<unknown>;
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  serve(request: ServeRequest): Promise<ServeReply>;
  /** Reads the project again after the command line has changed its files. */
  reload(): Promise<void>;
}
