import { textOf, type ReviewCheck } from './review.js';

/** Above this a file belongs to DVC; bytes. */
const LARGE = 200_000;

/** Lines that a merge has left: `<<<<<<<` with `>>>>>>>` behind it. */
export const checkMarkers: ReviewCheck = ({ changes }) =>
  changes.flatMap(({ path, after }) => {
    const lines = (textOf(after) ?? '').split('\n');
    const at = lines.findIndex((line) => line.startsWith('<<<<<<< '));
    return at >= 0 && lines.slice(at).some((line) => line.startsWith('>>>>>>> ')) ? [{ kind: 'markers' as const, path, line: at + 1, facts: {} }] : [];
  });

/** Large files that git would carry for ever. */
export const checkSizes: ReviewCheck = ({ changes }) =>
  changes.flatMap(({ path, after }) => (after !== undefined && after.length > LARGE ? [{ kind: 'large-file' as const, path, facts: { bytes: after.length, limit: LARGE } }] : []));

const SECRETS = [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, /\bAKIA[0-9A-Z]{16}\b/, /\bgh[pousr]_[A-Za-z0-9]{36,}\b/, /^\s*["']?[\w-]*(?:password|passwd|secret|api[_-]?key|access[_-]?token)["']?\s*[:=]\s*["']?(?!\$|<|\*)[^\s"'#]{8,}/i];

/** Lines that were added and look like a key or a password. */
export const checkSecrets: ReviewCheck = ({ changes }) =>
  changes.flatMap(({ path, before, after }) => {
    const old = new Set((textOf(before) ?? '').split('\n'));
    const at = (textOf(after) ?? '').split('\n').findIndex((line) => !old.has(line) && SECRETS.some((secret) => secret.test(line)));
    return at < 0 ? [] : [{ kind: 'secret' as const, path, line: at + 1, facts: {} }];
  });
