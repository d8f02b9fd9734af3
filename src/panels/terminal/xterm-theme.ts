import type { ITheme } from '@xterm/xterm';

const TOKENS = {
  background: '--sunken', foreground: '--ink', cursor: '--accent', cursorAccent: '--sunken', selectionBackground: '--accent-soft', selectionForeground: '--ink',
  black: '--ink', red: '--bad', green: '--good', yellow: '--warn', blue: '--accent', magenta: '--info', cyan: '--chart-3', white: '--ink-soft',
  brightBlack: '--ink-soft', brightRed: '--bad', brightGreen: '--good', brightYellow: '--warn', brightBlue: '--accent-strong', brightMagenta: '--info',
  brightCyan: '--chart-3', brightWhite: '--ink',
} as const satisfies Partial<Record<keyof ITheme, string>>;

/** The terminal's colours as the page's tokens are now, light or dark; read from a child of `place`. */
export function readTheme(place: HTMLElement): ITheme {
  const probe = place.ownerDocument.createElement('span');
  place.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const theme = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, colour(token)]));
  probe.remove();
  return theme;
}
