export const retire = {
  title: 'Retire',
  question: 'Which version has done its work?',
};
