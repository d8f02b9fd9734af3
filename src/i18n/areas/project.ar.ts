import type { project as english } from './project.en.js';

export const project = {
  title: '',
} satisfies typeof english;
