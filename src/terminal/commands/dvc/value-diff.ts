import { difference, showValue } from '../../../core/pipeline/flat-values.js';
import { pythonJson, type PythonValue } from '../../../core/version/python-value.js';
import type { Platform } from '../../../lab/platform.js';
import { compareValues, type ValueChange } from '../../../lab/project/value-diff.js';
import { dvcTable, markdownTable, type DvcFlags } from './subcommand.js';

/** `metrics diff` and `params diff`: a table of what differs between two revisions, or since one (`--all`: of everything). */
export async function showDiff(platform: Platform, paths: readonly string[], [from = 'HEAD', to]: readonly string[], flags: DvcFlags, what: 'Metric' | 'Param', wanted: (path: string, name: string) => boolean = () => true): Promise<string> {
  const all = await compareValues(platform, paths, from, to);
  const changes = all.filter(({ path, name, differs }) => (differs || flags.has('--all')) && wanted(path, name));
  if (flags.has('--json')) return `${jsonOf(changes)}\n`;
  if (changes.length === 0) return '';
  const withChange = what === 'Metric' && !flags.has('--no-change');
  const header = ['Path', what, from, to ?? 'workspace', ...(withChange ? ['Change'] : [])];
  const rows = changes.map(({ path, name, old, now }) => [path, name, showValue(old), showValue(now), ...(withChange ? [showValue(difference(old, now))] : [])]);
  return flags.has('--md') ? markdownTable([header, ...rows]) : dvcTable([header, ...rows]);
}

function jsonOf(changes: readonly ValueChange[]): string {
  const files: Record<string, Record<string, PythonValue>> = {};
  for (const { path, name, old, now } of changes) {
    const by = difference(old, now);
    (files[path] ??= {})[name] = { old: old ?? null, new: now ?? null, ...(by === undefined ? {} : { diff: by }) };
  }
  return pythonJson(files);
}
