import type { prepare as english } from './prepare.en.js';

export const prepare = {
  title: 'التحضير',
  question: 'ما الذي يراه النموذج؟',
} satisfies typeof english;
