import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { labWidths } from './unicode-widths.js';
import { readTheme } from './xterm-theme.js';

/** What the screen tells the panel. */
export interface ScreenOptions {
  /** Whether screen readers get a copy of the text. */
  readonly spoken: boolean;
  /** Whether the next Tab leaves the terminal. */
  leaving(): boolean;
  /** Sees each key that goes down, before the terminal does. */
  onKey(event: KeyboardEvent): void;
  onSelection(has: boolean): void;
  onResize(): void;
}

/** xterm on the page, sized and coloured by it. */
export interface Screen {
  readonly terminal: Terminal;
  fit(): void;
  applyTheme(): void;
  speak(on: boolean): void;
  /** The selected text, else all of it without trailing blanks. */
  copyText(): string;
  close(): void;
}

const FONT_SIZE = 14;
const FONT_WAIT = 1500;

/** xterm measures its cells once, so the font has to be here first; a slow one is not waited for longer than a moment. */
function awaitFont(family: string): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(resolve, FONT_WAIT));
  return Promise.race([document.fonts.load(`${FONT_SIZE}px ${family}`).catch(() => undefined), late]);
}

/** Opens xterm in a place, in the page's font and colours. */
export async function openScreen(place: HTMLElement, options: ScreenOptions): Promise<Screen> {
  const family = getComputedStyle(place).getPropertyValue('--mono');
  await awaitFont(family);
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: family,
    fontSize: FONT_SIZE,
    scrollback: 5000,
    screenReaderMode: options.spoken,
    theme: readTheme(place),
  });
  const fitting = new FitAddon();
  terminal.loadAddon(fitting);
  terminal.unicode.register(labWidths);
  terminal.unicode.activeVersion = labWidths.version;
  terminal.open(place);
  terminal.attachCustomKeyEventHandler((event) => passKey(event, options));
  terminal.onSelectionChange(() => options.onSelection(terminal.hasSelection()));
  terminal.onResize(() => options.onResize());
  const fit = (): void => {
    if (place.clientHeight > 0 && place.clientWidth > 0) fitting.fit();
  };
  const applyTheme = (): void => void (terminal.options.theme = readTheme(place));
  const unwatch = watchPlace(place, fit, applyTheme);
  fit();
  return {
    terminal,
    fit,
    applyTheme,
    speak: (on) => void (terminal.options.screenReaderMode = on),
    copyText: () => (terminal.hasSelection() ? terminal.getSelection() : allText(terminal)),
    close() {
      unwatch();
      terminal.dispose();
    },
  };
}

/** Tab after Escape, and the keys for copying, belong to the page; false keeps them from the terminal. */
function passKey(event: KeyboardEvent, options: ScreenOptions): boolean {
  if (event.type === 'keydown') options.onKey(event);
  if (event.key === 'Tab' && options.leaving()) return false;
  return !(event.ctrlKey && event.shiftKey && event.key.toLowerCase() === 'c');
}

function watchPlace(place: HTMLElement, fit: () => void, applyTheme: () => void): () => void {
  const size = new ResizeObserver(fit);
  size.observe(place);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', applyTheme);
  return () => {
    size.disconnect();
    dark.removeEventListener('change', applyTheme);
  };
}

function allText(terminal: Terminal): string {
  const { active } = terminal.buffer;
  let text = '';
  for (let row = 0; row < active.length; row++) {
    const line = active.getLine(row);
    if (line) text += `${line.isWrapped || row === 0 ? '' : '\n'}${line.translateToString(true)}`;
  }
  return `${text.trimEnd()}\n`;
}
