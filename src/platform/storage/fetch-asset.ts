import { LabError } from '../../core/lab-error.js';

/** A shipped file by its path below the app's address. Throws `bad-path`, `not-found`, `asset-unreachable`. */
export async function fetchAsset(path: string, base: string | URL): Promise<Uint8Array> {
  const top = new URL('./', base);
  const url = new URL(path, top);
  if (!url.href.startsWith(top.href)) throw new LabError('bad-path', { path });
  const response = await fetch(url).catch(() => {
    throw new LabError('asset-unreachable', { path });
  });
  // some hosts answer a missing file with their start page
  const startPage = response.headers.get('content-type')?.startsWith('text/html') && !path.endsWith('.html');
  if (!response.ok || startPage) throw new LabError('not-found', { path });
  return new Uint8Array(await response.arrayBuffer());
}
