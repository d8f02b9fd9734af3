export const retrain = {
  title: 'Retrain',
  question: 'Would a newer model do better?',
};
