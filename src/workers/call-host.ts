import { LabError } from '../core/lab-error.js';
import type { Progress } from '../lab/verb.js';
import type { CallName, EngineCalls, EngineMessage, PageMessage } from './messages.js';

/** What an answering function may use while it works. */
export interface CallContext {
  readonly signal: AbortSignal;
  /** Aborts when the page asks for a pause. */
  readonly pausing: AbortSignal;
  progress(p: Progress): void;
  output(text: string): void;
  /** Asks the page for a line; undefined when the input has ended or the call is cancelled. */
  readLine(): Promise<string | undefined>;
}

export type CallHandlers = { readonly [K in CallName]: (payload: EngineCalls[K]['in'], context: CallContext) => Promise<EngineCalls[K]['out']> };

/** Progress goes out at most this often (milliseconds), and always at the end. */
const PROGRESS_EVERY = 80;

/** Answers the page's calls with `handlers`: results, coded errors, progress, and cancel. */
export class CallHost {
  private readonly running = new Map<number, { readonly stop: AbortController; readonly pause: AbortController }>();
  private readonly asked = new Map<number, (line: string | undefined) => void>();

  constructor(
    private readonly handlers: CallHandlers,
    private readonly post: (message: EngineMessage) => void,
  ) {}

  receive(message: PageMessage): void {
    if (message.type === 'cancel') this.running.get(message.id)?.stop.abort(new LabError('cancelled'));
    else if (message.type === 'pause') this.running.get(message.id)?.pause.abort();
    else if (message.type === 'line') this.asked.get(message.id)?.(message.text);
    else if (message.type === 'call') void this.answer(message.id, message.name, message.payload);
  }

  private async answer<K extends CallName>(id: number, name: K, payload: EngineCalls[K]['in']): Promise<void> {
    const controls = { stop: new AbortController(), pause: new AbortController() };
    this.running.set(id, controls);
    try {
      const handler = this.handlers[name] as ((payload: EngineCalls[K]['in'], context: CallContext) => Promise<EngineCalls[K]['out']>) | undefined;
      if (!handler) throw new LabError('unknown-call', { name });
      const value = await handler(payload, this.contextOf(id, controls.stop.signal, controls.pause.signal));
      this.post({ type: 'done', id, value });
    } catch (cause) {
      const { code, data } = LabError.from(cause);
      this.post({ type: 'failed', id, code, data });
    } finally {
      this.running.delete(id);
    }
  }

  private askLine(id: number, signal: AbortSignal): Promise<string | undefined> {
    return new Promise<string | undefined>((resolve) => {
      if (signal.aborted) return resolve(undefined);
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
      this.asked.set(id, resolve);
      this.post({ type: 'line-asked', id });
    }).finally(() => this.asked.delete(id));
  }

  private contextOf(id: number, signal: AbortSignal, pausing: AbortSignal): CallContext {
    let sent = -Infinity;
    return {
      signal,
      pausing,
      progress: (progress) => {
        const now = performance.now();
        if (now - sent < PROGRESS_EVERY && progress.done !== progress.total) return;
        sent = now;
        this.post({ type: 'progress', id, progress });
      },
      output: (text) => this.post({ type: 'output', id, text }),
      readLine: () => this.askLine(id, signal),
    };
  }
}
