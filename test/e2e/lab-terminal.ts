import type { Page } from 'playwright-core';

/**
 * Writes a line at the prompt without ending it. A key that was let go outside the terminal keeps xterm from taking inserted text until there
 * was a whole key press, so one comes first (Ctrl+U empties the line), and the line is written again when it does not show.
 */
export async function typeLine(page: Page, line: string): Promise<void> {
  const tail = line.slice(-12);
  for (let left = 3; left > 0; left--) {
    await page.locator('.xterm-helper-textarea').focus();
    await page.keyboard.press('Control+u');
    await page.keyboard.insertText(line);
    const shown = await page.waitForFunction((words) => (document.querySelector('.xterm-rows')?.textContent ?? '').replaceAll('\u00a0', ' ').includes(words), tail, { timeout: 5000 }).catch(() => undefined);
    if (shown) return;
  }
  throw new Error(`the terminal does not take ${line}`);
}

/** The drawer's terminal, driven with the keyboard as a learner would. */
export class LabTerminal {
  /** Of all terminals of a run: an older mark may still stand on the screen. */
  static #calls = 0;

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
    const mark = `end-${++LabTerminal.#calls}-`;
    // The quotes keep the typed words from looking like the printed mark.
    await typeLine(this.page, `${line}; echo e""nd-${LabTerminal.#calls}-$?-`);
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
