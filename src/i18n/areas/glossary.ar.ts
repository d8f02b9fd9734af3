import type { glossary as english } from './glossary.en.js';

export const glossary = {
  model: { name: 'نموذج', text: 'قاعدة تُتعلَّم من البيانات، تحوّل ما تعرفه عن حالة إلى توقّع.' },
} satisfies typeof english;
