export const data = {
  title: 'Data',
  question: 'What do you have to learn from?',
};
