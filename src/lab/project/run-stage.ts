import { LabError } from '../../core/lab-error.js';
import { parseCleaning } from '../../core/clean/clean-file.js';
import { parseLinedYaml } from '../../core/yaml-lines.js';
import { currentParams, type ProjectState } from '../../core/pipeline/find-changes.js';
import type { LockedFile, LockedStage, Stage, StageOutput } from '../../core/pipeline/stage.js';
import { formatManifest } from '../../core/version/manifest.js';
import { md5Hex } from '../../core/version/md5.js';
import type { PythonValue } from '../../core/version/python-value.js';
import type { Platform, SandboxProgram } from '../platform.js';
import { QUALITY } from '../cleaning/paths.js';
import { encodeJson } from './artefacts.js';
import { ignorePath } from './files.js';
import { PATHS } from './paths.js';
import { readParams } from './pipeline-file.js';
import { DvcIgnore } from './dvc-ignore.js';
import { listFiles } from './list-files.js';
import { Workspace } from './workspace.js';

/** What a stage may use. */
export const STAGE_LIMITS: SandboxProgram['limits'] = { milliseconds: 60_000, outputBytes: 64 << 20, consoleCharacters: 200_000 };

type Files = ReadonlyMap<string, Uint8Array>;

/** How a run is followed and stopped. */
export interface StageHooks {
  readonly signal: AbortSignal;
  readonly print: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** Files that stand in for those of the project, for a run beside it; what the stage had kept from before is then left out. */
interface StageSetting {
  readonly made?: Files;
  readonly limits?: SandboxProgram['limits'];
}

/** What goes into a stage, as the lock keeps it; outputs by path only. Throws `stage-no-dep`. */
export function lockInputs(stage: Stage, state: ProjectState): LockedStage {
  const deps = stage.deps.map((path) => {
    const hash = state.hashOf(path);
    if (!hash) throw new LabError('stage-no-dep', { stage: stage.name, path, line: stage.line });
    return { ...hash, path };
  });
  const params = [...currentParams(stage, state)].map(([file, values]) => [file, Object.fromEntries([...values].map(([key, value]) => [key, known(value, stage, file, key)]))] as const);
  return { cmd: stage.cmd, deps, params: Object.fromEntries(params), outs: stage.outs.map(({ path }) => ({ path, md5: '' })) };
}

function known(value: PythonValue | undefined, stage: Stage, file: string, key: string): PythonValue {
  if (value === undefined) throw new LabError('stage-no-dep', { stage: stage.name, path: `${file}:${key}`, line: stage.line });
  return value;
}

/** Runs a stage's commands in the sandbox; the files they wrote, which must hold every output. Throws `stage-command`, `stage-no-output`, and what the sandbox throws. */
export async function runStage(platform: Platform, stage: Stage, hooks: StageHooks, { made = new Map(), limits = STAGE_LIMITS }: StageSetting = {}): Promise<Files> {
  const workspace = await Workspace.open(platform);
  const inputs = new Map<string, Uint8Array>();
  const kept = stage.outs.filter((out) => out.persist).map(({ path }) => path);
  for (const path of stage.deps) {
    const own = [...made].filter(([file]) => within(file, path));
    for (const [file, content] of own.length > 0 ? own : await workspace.read(path)) inputs.set(file, content);
  }
  for (const path of made.size > 0 ? [] : kept) if (await workspace.hashOf(path)) for (const [file, content] of await workspace.read(path)) inputs.set(file, content);
  const written = new Map<string, Uint8Array>();
  const sources = await readSources(platform);
  const params = plain((await readParams(platform, PATHS.params)) ?? {});
  for (const command of stage.commands) {
    const { entry, argv } = readCommand(stage, command);
    const program: SandboxProgram = { entry, sources, inputs: Object.fromEntries([...readYamls(inputs), ...inputs, ...written]), params, argv, limits };
    for (const [path, content] of await platform.sandbox.run(program, hooks)) written.set(path, content);
  }
  for (const path of kept) for (const [file, content] of inputs) if (within(file, path) && !written.has(file)) written.set(file, content);
  const missing = stage.outs.find(({ path }) => ![...written.keys()].some((file) => within(file, path)));
  if (missing) throw new LabError('stage-no-output', { stage: stage.name, path: missing.path, line: stage.line });
  return written;
}

/** YAML inputs read as JSON beside them, since a run has no YAML reader; one that cannot be read is left out, but a broken cleaning recipe is said. */
function readYamls(inputs: ReadonlyMap<string, Uint8Array>): [string, Uint8Array][] {
  return [...inputs].flatMap(([path, content]): [string, Uint8Array][] => {
    if (!/\.ya?ml$/.test(path)) return [];
    if (path === QUALITY.cleaning) return [[`${path}.json`, encodeJson({ steps: parseCleaning(new TextDecoder().decode(content), path) })]];
    try {
      return [[`${path}.json`, encodeJson(parseLinedYaml(new TextDecoder().decode(content), path).value)]];
    } catch {
      return [];
    }
  });
}

/** Keeps the outputs: cached ones as objects with a line in `.gitignore`, others as files; gives their hashes and the files changed. */
export async function keepOutputs(platform: Platform, stage: Stage, written: Files): Promise<{ outs: LockedFile[]; files: string[] }> {
  const outs: LockedFile[] = [];
  const files: string[] = [];
  const ignore = await DvcIgnore.open(platform);
  const kept = new Map(ignore.filter([...written.keys()]).map((path) => [path, written.get(path)!]));
  for (const out of stage.outs) {
    const rule = ignore.reasonOf(out.path, !written.has(out.path));
    if (rule !== undefined) throw new LabError('path-dvcignored', { path: out.path, rule });
    const hash = await storeOutput(platform, out.path, kept);
    outs.push(hash);
    files.push(...(await showOutput(platform, out, hash, written)));
  }
  return { outs, files };
}

async function storeOutput(platform: Platform, path: string, written: Files): Promise<LockedFile> {
  const single = written.get(path);
  if (single) {
    const md5 = md5Hex(single);
    await platform.objects.put(md5, single);
    return { path, md5, size: single.length };
  }
  const inside = [...written].filter(([file]) => within(file, path)).map(([file, content]) => ({ relpath: file.slice(path.length + 1), md5: md5Hex(content), content }));
  for (const { md5, content } of inside) await platform.objects.put(md5, content);
  const manifest = formatManifest(inside);
  await platform.objects.put(manifest.id, manifest.content);
  return { path, md5: manifest.id, size: inside.reduce((sum, { content }) => sum + content.length, 0), nfiles: inside.length };
}

async function showOutput(platform: Platform, { path, cache }: StageOutput, _hash: LockedFile, written: Files): Promise<string[]> {
  const old = await platform.files.stat(path);
  if (cache) {
    // an older copy in the working tree would hide the new object
    if (old) await platform.files.remove(path);
    const at = path.lastIndexOf('/');
    return [await ignorePath(platform, path.slice(0, Math.max(0, at)), path.slice(at + 1))];
  }
  const files = [...written].filter(([file]) => within(file, path));
  for (const [file, content] of files) await platform.files.write(file, content);
  return files.map(([file]) => file);
}

function readCommand({ name, line }: Stage, command: string): { entry: string; argv: string[] } {
  const words = (command.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
  const [program, entry = '', ...argv] = words;
  if (program !== 'node' || !/^(\.\/)?[\w./-]+\.ts$/.test(entry) || /[|&;<>$`]/.test(command)) throw new LabError('stage-command', { stage: name, command, line });
  return { entry: entry.replace(/^\.\//, ''), argv };
}

/** All TypeScript of the project, by path. */
export async function readSources(platform: Pick<Platform, 'files'>): Promise<Record<string, string>> {
  const paths = (await listFiles(platform, '')).filter((path) => path.endsWith('.ts'));
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, new TextDecoder().decode(await platform.files.read(path))] as const)));
}

/** Values as JSON would hold them: whole numbers are numbers. */
const plain = (value: PythonValue): unknown => JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part)));

const within = (file: string, path: string): boolean => file === path || file.startsWith(`${path}/`);
