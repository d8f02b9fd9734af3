export const history = {
  title: '',
};
