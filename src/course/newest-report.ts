import { parse } from 'yaml';
import type { RunSummary } from '../lab/views/snapshot.js';
import type { CheckWorld } from './check.js';
import { REPORT_SHAPES, readReport, type ReportKind, type ReportsSeen } from './report-shapes.js';

/** The newest report of a kind with its run; `none` when no verb of this project wrote it, `stale` when its rows are prepared in another way by now. */
export async function newestReport<K extends ReportKind>(world: CheckWorld, kind: K): Promise<{ readonly seen: ReportsSeen[K]; readonly run: RunSummary } | 'none' | 'stale'> {
  const { path, verb, runOf } = REPORT_SHAPES[kind];
  const seen = readReport(kind, await world.file(path));
  if (!seen) return 'none';
  const id = (runOf as (report: ReportsSeen[K]) => string)(seen);
  const run = world.snapshot.runs.find((own) => own.id === id);
  // A file can be written by hand; the journal knows whether the lab has measured it.
  const measured = (await world.journal()).some((act) => act.action === verb && act.object.id === id);
  if (!run || !measured) return 'none';
  return run.preparedDigest === world.snapshot.prepared?.digest ? { seen, run } : 'stale';
}

/** What `params.yaml` says of the preparation. */
export interface Preparation {
  readonly target?: string;
  readonly dropped: readonly string[];
}

/** Target and left-out columns in the text of a `params.yaml`; none when it says nothing. */
export function preparationOf(params: string | undefined): Preparation {
  try {
    const prepare = (parse(params ?? '', { maxAliasCount: 20 }) as { prepare?: { drop?: unknown; target?: unknown } } | null)?.prepare;
    return { dropped: Array.isArray(prepare?.drop) ? prepare.drop.map(String) : [], ...(typeof prepare?.target === 'string' ? { target: prepare.target } : {}) };
  } catch {
    return { dropped: [] };
  }
}

/** Which of the columns the project's `params.yaml` does not leave out. */
export async function keptColumns(world: CheckWorld, columns: readonly string[]): Promise<string[]> {
  const { dropped } = preparationOf(await world.file('params.yaml'));
  return columns.filter((column) => !dropped.includes(column));
}
