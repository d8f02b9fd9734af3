import type { train as english } from './train.en.js';

export const train = {
  title: 'التدريب',
  question: 'ماذا يمكن لنموذج أن يتعلّم من هذه الصفوف؟',
} satisfies typeof english;
