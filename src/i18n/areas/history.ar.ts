import type { history as english } from './history.en.js';

export const history = {
  title: '',
} satisfies typeof english;
