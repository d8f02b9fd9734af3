import { LabError } from '../../core/lab-error.js';
import { runOrder } from '../../core/pipeline/graph.js';
import type { Stage } from '../../core/pipeline/stage.js';
import type { VerbContext } from '../verb.js';
import { listFiles } from '../project/list-files.js';
import { PATHS } from '../project/paths.js';
import type { Pipeline } from '../project/pipeline-file.js';
import { runStage, STAGE_LIMITS } from '../project/run-stage.js';
import { Workspace } from '../project/workspace.js';
import type { SealedRows } from './seal-rows.js';

/** As many sealed lines are looked for in the other inputs. */
const LINES_TRIED = 200;
/** So many of them by chance are no leak. */
const LINES_ALLOWED = 2;

/**
 * Runs every stage anew on the data without the sealed rows, beside the project; what they wrote, by path. Throws `verify-no-data`, `verify-leak`
 * {path, rows}, and what stages throw, with the stage and what it printed last.
 */
export async function rerunSealed(context: VerbContext, { graph }: Pipeline, sealed: SealedRows, seconds: number): Promise<Map<string, Uint8Array>> {
  const stages = runOrder(graph, [...graph.stages.keys()]);
  if (!stages.some(({ deps }) => deps.includes(PATHS.raw))) throw new LabError('verify-no-data', { path: PATHS.raw });
  await refuseLeaks(context, stages, sealed);
  const made = new Map<string, Uint8Array>([[PATHS.raw, sealed.rest]]);
  for (const [done, stage] of stages.entries()) {
    context.progress({ done, total: stages.length + 1, note: 'verifying' });
    await context.breathe();
    let printed = '';
    const print = (_stream: string, text: string): void => void (printed = (printed + text).slice(-2000));
    const written = await runStage(context.platform, stage, { signal: context.signal, print }, { made, limits: { ...STAGE_LIMITS, milliseconds: seconds * 1000 } }).catch((cause: unknown) => {
      const { code, data } = LabError.from(cause);
      throw new LabError(code, code === 'cancelled' ? data : { ...data, stage: stage.name, printed });
    });
    for (const [path, content] of written) if (path !== PATHS.raw) made.set(path, content);
  }
  return made;
}

/** Sealed rows must not lie about elsewhere in what the code can read. */
async function refuseLeaks({ platform }: VerbContext, stages: readonly Stage[], { lines }: SealedRows): Promise<void> {
  const outs = stages.flatMap((stage) => stage.outs.map(({ path }) => path));
  const workspace = await Workspace.open(platform);
  const inputs = new Map<string, Uint8Array>();
  for (const path of (await listFiles(platform, '')).filter((file) => file.endsWith('.ts'))) inputs.set(path, await platform.files.read(path));
  for (const path of new Set(stages.flatMap(({ deps }) => deps))) {
    if (path === PATHS.raw || outs.some((out) => path === out || path.startsWith(`${out}/`)) || !(await workspace.hashOf(path))) continue;
    for (const [file, content] of await workspace.read(path)) if (file !== PATHS.raw) inputs.set(file, content);
  }
  const tried = lines.slice(0, LINES_TRIED);
  for (const [path, content] of inputs) {
    const text = new TextDecoder().decode(content);
    const rows = tried.filter((line) => text.includes(line)).length;
    if (rows > LINES_ALLOWED) throw new LabError('verify-leak', { path, rows, tried: tried.length });
  }
}
