import type { register as english } from './register.en.js';

export const register = {
  title: 'التسجيل',
  question: 'أي إصدار تضمنه؟',
} satisfies typeof english;
