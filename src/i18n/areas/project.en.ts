export const project = {
  title: '',
};
