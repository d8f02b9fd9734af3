import type { Page } from 'playwright-core';

/** The drawer's terminal, driven with the keyboard as a learner would. */
export class LabTerminal {
  #calls = 0;

  private constructor(private readonly page: Page) {}

  /** Opens the drawer and waits for the prompt. */
  static async open(page: Page): Promise<LabTerminal> {
    await page.locator('.drawer .bar').click();
    await page.locator('.xterm-helper-textarea').waitFor({ state: 'attached' });
    await page.waitForFunction(() => /\$\s*$/m.test(document.querySelector('.xterm-rows')?.textContent?.trim() ?? ''));
    return new LabTerminal(page);
  }

  /** Types a line and gives its exit status once it has ended. */
  async run(line: string, timeout = 120_000): Promise<number> {
    const mark = `end-${++this.#calls}-`;
    await this.page.locator('.xterm-helper-textarea').focus();
    // A key that was let go elsewhere keeps xterm from taking inserted text until there was a whole key press.
    await this.page.keyboard.press('Control+u');
    // The quotes keep the typed words from looking like the printed mark.
    await this.page.keyboard.insertText(`${line}; echo e""nd-${this.#calls}-$?-`);
    await this.page.keyboard.press('Enter');
    const found = await this.page.waitForFunction((sought) => new RegExp(`${sought}(\\d+)-`).exec(document.querySelector('.xterm-rows')?.textContent ?? '')?.[1], mark, { timeout }).catch(async (cause: unknown) => {
      throw new Error(`no end of ${line} on the screen:\n${await this.text()}`, { cause });
    });
    return Number(await found.jsonValue());
  }

  /** What stands on the screen now. */
  text(): Promise<string> {
    return this.page.locator('.xterm-rows > div').allTextContents().then((rows) => rows.map((row) => row.trimEnd()).join('\n'));
  }
}
