import type { monitor as english } from './monitor.en.js';

export const monitor = {
  title: 'المراقبة',
  question: 'هل ما زال النموذج يفي بوعده؟',
} satisfies typeof english;
