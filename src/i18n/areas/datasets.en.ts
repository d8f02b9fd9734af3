export const datasets = {
  title: '',
};
