import type { AskPage } from '../platform/sandbox/browser-sandbox.js';
import type { EngineMessage, PageMessage } from './messages.js';

/** Asks the page for frames that run learner code, and hands what they say to the one who asked. */
export class FrameAsker {
  private next = 1;
  private readonly listeners = new Map<number, (event: unknown) => void>();

  constructor(private readonly post: (message: EngineMessage) => void) {}

  readonly ask: AskPage = ({ script, input }, said) => {
    const id = this.next++;
    this.listeners.set(id, said);
    this.post({ type: 'frame-run', id, script, input });
    return () => {
      this.listeners.delete(id);
      this.post({ type: 'frame-end', id });
    };
  };

  hear({ id, event }: Extract<PageMessage, { type: 'frame' }>): void {
    this.listeners.get(id)?.(event);
  }
}
