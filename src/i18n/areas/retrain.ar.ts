import type { retrain as english } from './retrain.en.js';

export const retrain = {
  title: 'إعادة التدريب',
  question: 'هل يكون نموذج أحدث أفضل؟',
} satisfies typeof english;
