import { LabError } from '../../../core/lab-error.js';
import type { RemoteRefs } from '../../../lab/remote-port.js';
import { readPackets, textOf } from './pkt-line.js';

/** What a service tells first: its refs and what it can do. */
export interface Advertisement extends RemoteRefs {
  readonly capabilities: ReadonlySet<string>;
}

/** Reads the answer to `info/refs` (gitprotocol-http, version 0). Throws `remote-not-git`, `remote-cut-off`, `remote-says`. */
export function readAdvertisement(bytes: Uint8Array, service: string, url: string): Advertisement {
  const lines = linesOf(bytes, url);
  if (lines.shift() !== `# service=${service}`) throw new LabError('remote-not-git', { url });
  const refs = new Map<string, string>();
  const peeled = new Map<string, string>();
  let capabilities: readonly string[] = [];
  for (const line of lines) {
    if (line.startsWith('ERR ')) throw new LabError('remote-says', { url, message: line.slice(4) });
    const [ref = '', more] = line.split('\0');
    if (more !== undefined) capabilities = more.split(' ');
    const [, id, name] = /^([0-9a-f]{40}) (\S+)$/.exec(ref) ?? [];
    if (id === undefined || name === undefined) throw new LabError('remote-not-git', { url });
    // `capabilities^{}` stands for no ref at all, `refs/tags/x^{}` for what a tag names
    if (name.endsWith('^{}') && refs.has(name.slice(0, -3))) peeled.set(name.slice(0, -3), id);
    else if (isRefPath(name)) refs.set(name, id);
  }
  const head = capabilities.find((c) => c.startsWith('symref=HEAD:'))?.slice('symref=HEAD:'.length);
  return { refs, peeled, capabilities: new Set(capabilities), ...(head === undefined ? {} : { head }) };
}

/** A name that may become a path below `.git`. */
const isRefPath = (name: string): boolean => /^refs\/[^\0-\x20\x7f~^:?*[\\]+$/.test(name) && !/(^|\/)\.|\.\.|\/\/|@\{|\/$|\.$|\.lock(\/|$)/.test(name);

function linesOf(bytes: Uint8Array, url: string): string[] {
  try {
    const { packets, whole } = readPackets(bytes);
    if (!whole || packets.at(-1) !== 'flush') throw new LabError('remote-cut-off', { url });
    return packets.filter((p) => p !== 'flush').map(textOf);
  } catch (cause) {
    throw cause instanceof RangeError ? new LabError('remote-not-git', { url }) : cause;
  }
}
