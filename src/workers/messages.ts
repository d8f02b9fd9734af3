import type { ErrorData } from '../core/lab-error.js';
import type { Credentials } from '../lab/remote-port.js';
import type { OpenedProject, StorageReport } from '../lab/project-info.js';
import type { ServeReply, ServeRequest } from '../core/serve/protocol.js';
import type { Progress, VerbArgs } from '../lab/verb.js';
import type { VerbReport } from '../lab/engine.js';
import type { FileEdit } from '../terminal/file-edits.js';
import type { Snapshot } from '../lab/views/snapshot.js';

/** What the page can ask of the engine worker: name → what goes in and what comes back. */
export interface EngineCalls {
  /** Opens (and makes, when new) the project; read-only when another tab owns it, unless `steal` takes it over. */
  open: { in: { project: string; steal: boolean }; out: OpenedProject };
  verb: { in: { name: string; args: VerbArgs }; out: VerbReport };
  /** A read: never waits for a running verb. */
  view: { in: { name: string; args: VerbArgs }; out: unknown };
  /** Runs one terminal line; output arrives as `output` events, the exit status as the result. */
  terminal: { in: { line: string; locale: string }; out: { status: number; folder: string } };
  complete: { in: { line: string; cursor: number }; out: { from: number; words: string[] } };
  serve: { in: ServeRequest; out: ServeReply };
  /** One change of a file by hand, durable when it is answered. */
  edit: { in: FileEdit; out: { digest: string } };
  /** Hands over a picked or dropped file so that a verb can open it by name. */
  offerFile: { in: { file: File }; out: { name: string } };
  exportProject: { in: Record<string, never>; out: { name: string; zip: Blob } };
  importProject: { in: { zip: Blob }; out: OpenedProject };
  /** Throws the project away and makes a new one. */
  resetProject: { in: Record<string, never>; out: OpenedProject };
  storage: { in: Record<string, never>; out: StorageReport };
}

export type CallName = keyof EngineCalls;

export type PageMessage =
  | { [K in CallName]: { readonly type: 'call'; readonly id: number; readonly name: K; readonly payload: EngineCalls[K]['in'] } }[CallName]
  | { readonly type: 'cancel'; readonly id: number }
  /** What has begun shall end, and nothing more begin. */
  | { readonly type: 'pause'; readonly id: number }
  /** The answer to `login-asked`; without credentials the reader would rather not. */
  | { readonly type: 'login'; readonly id: number; readonly credentials?: Credentials }
  /** The line that a running call asked for; without text the input has ended. */
  | { readonly type: 'line'; readonly id: number; readonly text?: string }
  /** What learner code in the frame said; not to be believed. */
  | { readonly type: 'frame'; readonly id: number; readonly event: unknown };

export type EngineMessage =
  | { readonly type: 'done'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly code: string; readonly data: ErrorData }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'output'; readonly id: number; readonly text: string }
  /** A running call asks for a line; its question stands at the end of its output. */
  | { readonly type: 'line-asked'; readonly id: number }
  /** Asks the page to run learner code in a frame that can reach nothing, and to end it. */
  | { readonly type: 'frame-run'; readonly id: number; readonly script: string; readonly input: unknown }
  | { readonly type: 'frame-end'; readonly id: number }
  /** Asks the reader for a name and a password for a remote; `login-over` when it is no longer wanted. */
  | { readonly type: 'login-asked'; readonly id: number; readonly url: string; readonly username: string }
  | { readonly type: 'login-over'; readonly id: number }
  /** Another tab has taken the project over. */
  | { readonly type: 'lost' }
  /** After every verb, whoever ran it. */
  | { readonly type: 'changed'; readonly snapshot: Snapshot };
