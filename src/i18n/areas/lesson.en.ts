export const lesson = {
  title: 'Lesson',
};
