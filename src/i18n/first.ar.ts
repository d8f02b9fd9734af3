import { home } from './areas/home.ar.js';
import { shell } from './areas/shell.ar.js';
import type { FirstMessages } from './first.en.js';

/** Arabic words of the first screen. */
export const first = { home, shell } satisfies FirstMessages;
