import type { EditableFile, ProjectFile } from '../../lab/views/file-views.js';
import type { Project } from '../../state/project.svelte.js';

const MOST_SOURCES = 60;

/** Texts of the TypeScript among these files by path, so that an import between them is understood. */
export async function sourcesOf(project: Pick<Project, 'view'>, files: readonly ProjectFile[]): Promise<Record<string, string>> {
  const paths = files.map(({ path }) => path).filter((path) => path.endsWith('.ts')).slice(0, MOST_SOURCES);
  const found = await Promise.all(paths.map((path) => project.view<EditableFile>('editable', { path })));
  return Object.fromEntries(found.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text]])));
}
