export const train = {
  title: 'Train',
  question: 'What can a model learn from these rows?',
};
