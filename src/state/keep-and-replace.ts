import type { Project } from './project.svelte.js';

/** Exports the project, lets `replace` put another in its place, and gives an act that brings the old one back; undefined when it stayed as it was. */
export async function keepAndReplace(project: Project, replace: () => Promise<boolean>): Promise<(() => Promise<void>) | undefined> {
  const kept = await project.exportZip();
  if (kept === undefined || !(await replace())) return undefined;
  return async () => {
    await project.importZip(kept.zip);
  };
}
