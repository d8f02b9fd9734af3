export const prepare = {
  title: 'Prepare',
  question: 'What does the model get to see?',
};
