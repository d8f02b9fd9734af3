import type { terminal as english } from './terminal.en.js';

export const terminal = {
  title: 'الطرفية',
} satisfies typeof english;
