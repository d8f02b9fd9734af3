import { existsSync } from 'node:fs';
import { weighFirstScreen } from '../test/checks/first-screen-files.js';
import type { Bench } from './figure.js';

/** What a first visit loads before anything is asked of it, in the built site. */
export const firstScreen: Bench = {
  name: 'first-screen',
  *measure() {
    if (!existsSync('dist/index.html')) throw new Error('there is no dist: run npm run build first');
    const { kib, files } = weighFirstScreen('dist');
    yield { figure: 'first-screen', value: kib, unit: 'KiB gzip of JS and CSS', bound: 80, note: `${files.length} files` };
  },
};
