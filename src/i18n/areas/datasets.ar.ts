import type { datasets as english } from './datasets.en.js';

export const datasets = {
  title: '',
} satisfies typeof english;
