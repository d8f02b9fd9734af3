export const evaluate = {
  title: 'Evaluate',
  question: 'Is it good enough, and better than guessing?',
};
