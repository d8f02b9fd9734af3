import { LEARNING_FILE, readLearning, type Learning } from '../lab/learning.js';
import type { Project } from './project.svelte.js';

/** What the learner did so far; a project without lessons has none. */
export async function loadLearning(project: Project): Promise<Learning> {
  const text = await project.view<{ text: string }>('file', { path: LEARNING_FILE }).then((found) => found.text, () => 'null');
  return readLearning(JSON.parse(text));
}
