import { LabError } from '../../core/lab-error.js';

const ID = /^[0-9a-f]{32}(\.dir)?$/;

/** Where DVC keeps an object, below the project. Throws `bad-object-id`. */
export function objectPath(id: string): string {
  if (!ID.test(id)) throw new LabError('bad-object-id', { id });
  return `.dvc/cache/files/md5/${id.slice(0, 2)}/${id.slice(2)}`;
}

/** The object that DVC keeps at a path below the project; undefined for any other path. */
export function objectAt(path: string): string | undefined {
  const [, first, rest] = /^\.dvc\/cache\/files\/md5\/([0-9a-f]{2})\/([0-9a-f]{30}(?:\.dir)?)$/.exec(path) ?? [];
  return first !== undefined && rest !== undefined ? first + rest : undefined;
}
