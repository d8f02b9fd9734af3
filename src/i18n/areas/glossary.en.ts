export const glossary = {
  model: { name: 'model', text: 'A rule, learned from data, that turns what you know about a case into a prediction.' },
};
