import { deflateSync, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { LabError } from '../../core/lab-error.js';

/** Makes a zip piece by piece: each call gives the bytes that are ready. */
export interface ZipWriter {
  /** A path that ends in `/` is a folder. `mode` as in Unix. Throws `export-too-big`. */
  add(path: string, content: Uint8Array, mode?: number): Uint8Array[];
  end(): Uint8Array[];
}

// the plain zip format holds no more
const MOST_ENTRIES = 0xffff;
const MOST_BYTES = 0xffffffff;
const SAMPLE = 1 << 15;

/** `modified` in milliseconds goes to every entry. */
export function createZipWriter(modified: number): ZipWriter {
  let ready: Uint8Array[] = [];
  let [entries, bytes] = [0, 0];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    bytes += part.length;
    ready.push(part);
  });
  const take = (): Uint8Array[] => {
    const parts = ready;
    ready = [];
    return parts;
  };
  return {
    add(path, content, mode = 0o644) {
      if (++entries > MOST_ENTRIES || bytes + content.length > MOST_BYTES) throw new LabError('export-too-big', { entries, bytes });
      const level = levelFor(path, content);
      const file = level === 0 ? new ZipPassThrough(path) : new ZipDeflate(path, { level });
      const kind = path.endsWith('/') ? 0o040755 : 0o100000 | mode;
      Object.assign(file, { mtime: modified, os: 3, attrs: (kind << 16) >>> 0 });
      zip.add(file);
      file.push(content, true);
      return take();
    },
    end() {
      zip.end();
      return take();
    },
  };
}

/** Nothing is gained on what is packed already; and what packs like a bomb is stored, so that it can be imported again. */
function levelFor(path: string, content: Uint8Array): 0 | 6 {
  if (content.length < 64 || /^\.git\/objects\//.test(path)) return 0;
  const sample = content.subarray(0, SAMPLE);
  const ratio = sample.length / deflateSync(sample, { level: 1 }).length;
  return ratio < 1.05 || (ratio > 60 && content.length > 8_000_000) ? 0 : 6;
}
