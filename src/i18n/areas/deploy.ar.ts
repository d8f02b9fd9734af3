import type { deploy as english } from './deploy.en.js';

export const deploy = {
  title: 'النشر',
  question: 'أي إصدار يجيب عن الطلبات؟',
} satisfies typeof english;
