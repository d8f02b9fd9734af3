export const monitor = {
  title: 'Monitor',
  question: 'Does the model still keep its promise?',
};
