import { LabError } from '../../core/lab-error.js';
import type { Project } from '../../state/project.svelte.js';

/** A JSON report of the project; undefined when there is none or it cannot be read. */
export async function readReport<T>(project: Pick<Project, 'view'>, path: string): Promise<T | undefined> {
  const text = await readProjectText(project, path);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Text of a file of the project; undefined when it is not there. */
export async function readProjectText(project: Pick<Project, 'view'>, path: string): Promise<string | undefined> {
  try {
    return (await project.view<{ text: string }>('file', { path })).text;
  } catch (cause) {
    if (LabError.from(cause).code === 'not-found') return undefined;
    throw cause;
  }
}
