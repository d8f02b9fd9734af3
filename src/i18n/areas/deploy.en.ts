export const deploy = {
  title: 'Deploy',
  question: 'Which version answers requests?',
};
