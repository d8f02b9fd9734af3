import { home } from './areas/home.en.js';
import { shell } from './areas/shell.en.js';

/** Words of the first screen. */
export const first = { home, shell };
export type FirstMessages = typeof first;
