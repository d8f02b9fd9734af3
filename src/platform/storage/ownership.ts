/** This tab's hold on a project. */
export interface Claim {
  /** Whether this tab may write; false when another one owns the project. */
  readonly owned: boolean;
  /** Resolves when another tab takes the project over; never for a tab that does not own it. */
  readonly lost: Promise<void>;
  release(): void;
}

const FREE: Claim = { owned: false, lost: new Promise(() => undefined), release: () => undefined };

/** Claims the exclusive lock of a project, at once or not at all; `steal` takes it from the tab that has it. Works on pages and in workers. */
export function claimProject(project: string, { steal = false }: { steal?: boolean } = {}): Promise<Claim> {
  return new Promise((answer, failed) => {
    let release = (): void => undefined;
    let lose = (): void => undefined;
    const lost = new Promise<void>((done) => (lose = done));
    const held = new Promise<void>((done) => (release = done));
    const options: LockOptions = steal ? { steal: true } : { ifAvailable: true };
    navigator.locks
      .request(`looplab:${project}`, options, (lock) => {
        answer(lock ? { owned: true, lost, release } : FREE);
        return lock ? held : undefined;
      })
      // a lock that was stolen ends in an AbortError
      .catch((error: unknown) => (error instanceof Error && error.name === 'AbortError' ? lose() : failed(error)));
  });
}
