import type { Credentials } from '../lab/remote-port.js';
import type { AskLogin } from '../terminal/logins.js';
import type { EngineMessage, PageMessage } from './messages.js';

/** Asks the page for names and passwords; they pass through memory alone. */
export class LoginAsker {
  private next = 1;
  private readonly waiting = new Map<number, (credentials: Credentials | undefined) => void>();

  constructor(private readonly post: (message: EngineMessage) => void) {}

  readonly ask: AskLogin = ({ url, username }, signal) => {
    const id = this.next++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      signal.addEventListener('abort', () => this.end(id), { once: true });
      this.post({ type: 'login-asked', id, url, username });
    });
  };

  hear({ id, credentials }: Extract<PageMessage, { type: 'login' }>): void {
    this.waiting.get(id)?.(credentials);
    this.waiting.delete(id);
  }

  private end(id: number): void {
    if (!this.waiting.has(id)) return;
    this.hear({ type: 'login', id });
    this.post({ type: 'login-over', id });
  }
}
