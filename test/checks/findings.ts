/** Collects the outcomes of one check and ends the process with `N passed, N failed` and a fitting status. */
export class Findings {
  #passed = 0;
  #failed = 0;

  /** Counts one assertion and prints it when it does not hold. */
  expect(holds: boolean, words: string): void {
    if (holds) this.#passed++;
    else {
      this.#failed++;
      console.log(`FAIL ${words}`);
    }
  }

  end(): void {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    process.exitCode = this.#failed > 0 || this.#passed === 0 ? 1 : 0;
  }
}
