import { parse, stringify } from 'yaml';
import { LabError } from '../lab-error.js';

/** What a `.dvc` file says of the one path that it tracks; `size` in bytes, `nfiles` for a folder. */
export interface DvcPointer {
  readonly md5: string;
  readonly size: number;
  readonly nfiles?: number;
  readonly path: string;
}

/** The text of a `.dvc` file, byte for byte as `dvc add` writes it (DVC 3, dvc/output.py `dumpd`). */
export function formatDvcFile(pointer: DvcPointer): string {
  const out = { md5: pointer.md5, size: pointer.size, ...(pointer.nfiles === undefined ? {} : { nfiles: pointer.nfiles }), hash: 'md5', path: pointer.path };
  return stringify({ outs: [out] }, { indentSeq: false });
}

/** Reads a `.dvc` file with one output; throws `bad-dvc-file`. */
export function parseDvcFile(text: string, file: string): DvcPointer {
  const document: unknown = parse(text);
  const outs = isRecord(document) ? document['outs'] : undefined;
  const out: unknown = Array.isArray(outs) && outs.length === 1 ? outs[0] : undefined;
  if (!isRecord(out)) throw new LabError('bad-dvc-file', { path: file, reason: 'one output expected' });
  const { md5, size, nfiles, path } = out;
  if (typeof md5 !== 'string' || !/^[0-9a-f]{32}(\.dir)?$/.test(md5)) throw new LabError('bad-dvc-file', { path: file, reason: 'md5' });
  if (typeof size !== 'number' || typeof path !== 'string') throw new LabError('bad-dvc-file', { path: file, reason: 'size or path' });
  return { md5, size, path, ...(typeof nfiles === 'number' ? { nfiles } : {}) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
