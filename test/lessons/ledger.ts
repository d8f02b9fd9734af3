/** A rule that a lesson broke. */
export interface Breach {
  readonly rule: string;
  readonly where: string;
  readonly what: string;
}

/** Counts what held and keeps what did not. */
export class Ledger {
  passed = 0;
  readonly breaches: Breach[] = [];

  /** Gives `holds` back, so that what rests on it can be left out. */
  expect(rule: string, where: string, holds: boolean, what: string): boolean {
    if (holds) this.passed++;
    else this.breaches.push({ rule, where, what });
    return holds;
  }
}
