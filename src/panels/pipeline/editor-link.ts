import { parsePlace } from '../../state/route.svelte.js';

/** Address of a file in the editor; undefined where the lab has no editor. */
export function editorHref(path: string): string | undefined {
  const href = `#/editor/${path}`;
  return parsePlace(href).name === 'not-found' ? undefined : href;
}
