import type { retire as english } from './retire.en.js';

export const retire = {
  title: 'الإحالة إلى التقاعد',
  question: 'أي إصدار أتمّ عمله؟',
} satisfies typeof english;
