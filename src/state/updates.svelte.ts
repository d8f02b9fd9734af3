/** `installing`: the site is being kept for use offline; `ready`: it is; `waiting`: a newer version asks to be used; `replaced`: another tab has let it in. */
export type UpdateState = 'none' | 'installing' | 'ready' | 'waiting' | 'replaced';

const HOUR = 3_600_000;

/** The site's service worker as the page sees it. A newer version takes over only when the reader agrees. */
export class Updates {
  state = $state<UpdateState>('none');
  #registration: ServiceWorkerRegistration | undefined;
  #accepted = false;
  #checked = 0;

  constructor(
    private readonly container: ServiceWorkerContainer | undefined,
    private readonly reload: () => void,
  ) {}

  /** Registers the worker at `address`; a browser or setting that has none leaves the lab usable online. */
  async register(address: string): Promise<void> {
    if (!this.container) return;
    const hadController = this.container.controller !== null;
    this.container.addEventListener('controllerchange', () => this.#changed(hadController));
    try {
      this.#registration = await this.container.register(address);
    } catch {
      return;
    }
    this.#registration.addEventListener('updatefound', () => this.#follow());
    this.#follow();
  }

  /** Lets the waiting version in and reloads this page when it has taken over. */
  accept(): void {
    this.#accepted = true;
    if (this.#registration?.waiting) this.#registration.waiting.postMessage({ type: 'looplab-replace' });
    else this.reload();
  }

  /** Looks for a newer version, at most once an hour; `now` in milliseconds. */
  async check(now: number): Promise<void> {
    if (!this.#registration || now - this.#checked < HOUR) return;
    this.#checked = now;
    await this.#registration.update().catch(() => undefined);
  }

  #follow(): void {
    this.#registration?.installing?.addEventListener('statechange', () => this.#look());
    this.#look();
  }

  /** A first worker may claim the page before `register` has answered; it is looked at then. */
  #look(): void {
    if (!this.#registration || this.state === 'replaced') return;
    const { installing, waiting, active } = this.#registration;
    if (waiting && active) this.state = 'waiting';
    else if (installing && !active) this.state = 'installing';
    else if (active) this.state = 'ready';
  }

  /** The first worker claims the page without replacing anything; any later one does replace. */
  #changed(hadController: boolean): void {
    const first = !hadController && this.state !== 'waiting' && !this.#accepted;
    if (first) this.#look();
    else if (this.#accepted) this.reload();
    else this.state = 'replaced';
  }
}
