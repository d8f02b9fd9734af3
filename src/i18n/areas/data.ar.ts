import type { data as english } from './data.en.js';

export const data = {
  title: 'البيانات',
  question: 'ما الذي لديك لتتعلّم منه؟',
} satisfies typeof english;
