import type { lesson as english } from './lesson.en.js';

export const lesson = {
  title: 'الدرس',
} satisfies typeof english;
