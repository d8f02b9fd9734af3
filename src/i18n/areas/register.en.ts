export const register = {
  title: 'Register',
  question: 'Which version do you vouch for?',
};
