import type { Credentials } from '../lab/remote-port.js';

/** Asks the reader for a name and a password; undefined when they would rather not. */
export type AskLogin = (question: { readonly url: string; readonly username: string }, signal: AbortSignal) => Promise<Credentials | undefined>;

/** Names and passwords for remotes: in memory only, by server, until the page is closed or `git credential-cache exit`. */
export class Logins {
  readonly #known = new Map<string, Credentials>();

  constructor(private readonly askReader: AskLogin) {}

  known(url: string): Credentials | undefined {
    return this.#known.get(keyOf(url));
  }

  keep(url: string, credentials: Credentials): void {
    this.#known.set(keyOf(url), credentials);
  }

  forget(url: string): void {
    this.#known.delete(keyOf(url));
  }

  forgetAll(): void {
    this.#known.clear();
  }

  ask(url: string, signal: AbortSignal): Promise<Credentials | undefined> {
    const { origin, pathname, username } = new URL(url);
    return this.askReader({ url: origin + pathname, username: decodeURIComponent(username) }, signal);
  }
}

const keyOf = (url: string): string => (URL.canParse(url) ? `${new URL(url).origin} ${new URL(url).username}` : url);
