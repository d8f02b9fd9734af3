import { LabError } from '../core/lab-error.js';
import type { Credentials } from '../lab/remote-port.js';
import type { Progress } from '../lab/verb.js';
import type { Snapshot } from '../lab/views/snapshot.js';
import type { CallName, EngineCalls, EngineMessage, PageMessage } from '../workers/messages.js';

/** The end of a worker or port that the client talks to. */
export interface EnginePort {
  postMessage(message: PageMessage): void;
  onmessage: ((event: MessageEvent<EngineMessage>) => void) | null;
  onerror?: ((event: ErrorEvent) => void) | null;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Its abort asks the call to end what has begun and to begin nothing more. */
  readonly pausing?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onOutput?: (text: string) => void;
  /** The call asks for a line; undefined ends its input. */
  readonly onAsk?: () => Promise<string | undefined>;
}

/** A remote wants to know who asks; `answer` without credentials declines. */
export interface LoginQuestion {
  readonly url: string;
  readonly username: string;
  readonly answer: (credentials?: Credentials) => void;
}

interface Waiting extends CallOptions {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: LabError) => void;
  readonly release: () => void;
}

/** Asks the engine worker and waits for its answers; failures come back as `LabError`. */
export class EngineClient {
  /** Called after every verb, whoever ran it. */
  onChanged: (snapshot: Snapshot) => void = () => {};
  /** Called when another tab has taken the project over. */
  onLost: () => void = () => {};
  /** Runs learner code in a frame and gives the way to end it; the page sets it. */
  runFrame: (job: { readonly script: string; readonly input: unknown }, said: (event: unknown) => void) => () => void = () => () => {};
  /** Asks the reader for a name and a password, and when the question is over; the page sets it. */
  onLogin: (question: LoginQuestion | undefined) => void = () => {};
  readonly #frames = new Map<number, () => void>();
  #next = 1;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly port: EnginePort) {
    port.onmessage = (event) => this.#receive(event.data);
    port.onerror = (event) => this.#failAll(new LabError('engine-lost', { message: event.message }));
  }

  /** One call; rejects with `LabError` (`cancelled` after an abort, `engine-lost` when the worker died). */
  call<K extends CallName>(name: K, payload: EngineCalls[K]['in'], options: CallOptions = {}): Promise<EngineCalls[K]['out']> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      if (options.signal?.aborted) return reject(new LabError('cancelled'));
      const cancel = () => this.port.postMessage({ type: 'cancel', id });
      options.signal?.addEventListener('abort', cancel, { once: true });
      const pause = () => this.port.postMessage({ type: 'pause', id });
      options.pausing?.addEventListener('abort', pause, { once: true });
      const release = () => {
        options.signal?.removeEventListener('abort', cancel);
        options.pausing?.removeEventListener('abort', pause);
      };
      this.#waiting.set(id, { ...options, resolve: resolve as (value: unknown) => void, reject, release });
      // The union of calls is made from one map, so a name and its own payload always form a member.
      this.port.postMessage({ type: 'call', id, name, payload } as PageMessage);
    });
  }

  #receive(message: EngineMessage): void {
    if (message.type === 'changed') return this.onChanged(message.snapshot);
    if (message.type === 'lost') return this.onLost();
    if (message.type === 'login-asked') return this.#askLogin(message);
    if (message.type === 'login-over') return this.onLogin(undefined);
    if (message.type === 'frame-run') return this.#startFrame(message);
    if (message.type === 'frame-end') return this.#endFrame(message.id);
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    if (message.type === 'progress') return waiting.onProgress?.(message.progress);
    if (message.type === 'output') return waiting.onOutput?.(message.text);
    if (message.type === 'line-asked') return void this.#askLine(message.id, waiting);
    this.#waiting.delete(message.id);
    waiting.release();
    if (message.type === 'done') waiting.resolve(message.value);
    else waiting.reject(new LabError(message.code, message.data));
  }

  async #askLine(id: number, { onAsk }: Waiting): Promise<void> {
    const text = await onAsk?.();
    this.port.postMessage({ type: 'line', id, ...(text === undefined ? {} : { text }) });
  }

  #askLogin({ id, url, username }: Extract<EngineMessage, { type: 'login-asked' }>): void {
    const answer = (credentials?: Credentials): void => {
      this.onLogin(undefined);
      this.port.postMessage({ type: 'login', id, ...(credentials ? { credentials } : {}) });
    };
    this.onLogin({ url, username, answer });
  }

  #startFrame({ id, script, input }: Extract<EngineMessage, { type: 'frame-run' }>): void {
    this.#frames.set(id, this.runFrame({ script, input }, (event) => this.port.postMessage({ type: 'frame', id, event })));
  }

  #endFrame(id: number): void {
    this.#frames.get(id)?.();
    this.#frames.delete(id);
  }

  #failAll(error: LabError): void {
    for (const id of [...this.#frames.keys()]) this.#endFrame(id);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) {
      one.release();
      one.reject(error);
    }
  }
}
