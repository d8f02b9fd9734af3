import type { evaluate as english } from './evaluate.en.js';

export const evaluate = {
  title: 'التقييم',
  question: 'هل هو جيد بما يكفي، وأفضل من التخمين؟',
} satisfies typeof english;
