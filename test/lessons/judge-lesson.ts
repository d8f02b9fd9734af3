import { readSpec } from '../../src/course/load-lesson.js';
import type { CourseSpec, DoStep, LessonSpec } from '../../src/course/schema.js';
import { startFromSnapshot } from '../../src/course/start-lesson.js';
import type { StepVerdict } from '../../src/course/run-checks.js';
import { LabError } from '../../src/core/lab-error.js';
import { judgeOrderStep, judgeWords } from './judge-words.js';
import { Ledger } from './ledger.js';
import { filesOfLesson, type LessonFiles } from './lesson-files.js';
import type { Replay } from './replay.js';

/** What the gate needs beside the lesson itself. */
export interface GateSetting {
  readonly files: LessonFiles;
  readonly course: CourseSpec;
  readonly glossary: Readonly<Record<string, unknown>>;
  /** A new empty project. */
  open(): Promise<Replay>;
}

/** Holds a lesson against every rule of the gate. */
export async function judgeLesson(setting: GateSetting, module: string, id: string): Promise<Ledger> {
  const ledger = new Ledger();
  const files = filesOfLesson(setting.files, module, id);
  const spec = trySpec(ledger, files, id);
  if (!spec) return ledger;
  ledger.expect('schema', id, spec.id === id, `the lesson calls itself ${spec.id}`);
  const known = setting.course.modules.flatMap((own) => own.lessons);
  ledger.expect('schema', id, spec.needs.every((need) => known.includes(need)), `needs a lesson that is not in the course: ${spec.needs.join(', ')}`);
  judgeWords(ledger, spec, files, setting.course, setting.glossary);
  for (const step of spec.steps) if (step.kind === 'order') judgeOrderStep(ledger, step);
  const start = await tryStart(ledger, setting, spec, files);
  if (start) await walk(ledger, spec.steps.filter((step) => step.kind === 'do'), start);
  return ledger;
}

function trySpec(ledger: Ledger, files: ReadonlyMap<string, string>, id: string): LessonSpec | undefined {
  try {
    const spec = readSpec(files.get('lesson.yaml') ?? '', `${id}/lesson.yaml`);
    ledger.expect('schema', id, true, '');
    return spec;
  } catch (cause) {
    ledger.expect('schema', id, false, String(LabError.from(cause).data['issue'] ?? cause));
    return undefined;
  }
}

async function tryStart(ledger: Ledger, setting: GateSetting, spec: LessonSpec, files: ReadonlyMap<string, string>): Promise<Replay | undefined> {
  const name = spec.start === 'previous' ? spec.late : spec.start;
  const script = setting.files.get(`snapshots/${name}.sh`);
  if (!ledger.expect('start', spec.id, script !== undefined, `no snapshot "${name}"`)) return undefined;
  const replay = await setting.open();
  const laid = Object.fromEntries([...files].filter(([path]) => path.startsWith('start/')).map(([path, text]) => [path.slice('start/'.length), text]));
  try {
    await startFromSnapshot({ run: (verb, args) => replay.run(verb, args as Record<string, string | number>), type: async (line) => (await replay.type(line)).status }, spec, { script: script!, files: laid });
  } catch (cause) {
    ledger.expect('start', spec.id, false, `the snapshot fails: ${LabError.from(cause).message}`);
    return undefined;
  }
  replay.since = replay.platform.now();
  return replay;
}

/** Rules 2 to 4, step by step along the solutions. */
async function walk(ledger: Ledger, steps: readonly DoStep[], start: Replay): Promise<void> {
  for (const step of steps) ledger.expect('as-given', step.id, !(await judge(start, step)).passed, 'passes before anything was done');
  let before = start;
  for (const [i, step] of steps.entries()) {
    await judgeIdle(ledger, step, before);
    for (const alternate of step.alternates) await judgeWay(ledger, 'alternate', `${step.id}/${alternate.id}`, step, alternate.commands, before);
    for (const wrong of step.wrong) await judgeWrong(ledger, step, wrong, before);
    const solved = await judgeWay(ledger, 'solution', step.id, step, step.solution, before);
    for (const later of steps.slice(i + 1)) ledger.expect('own-solution', later.id, !(await judge(solved, later)).passed, `passes already with the solution of ${step.id}`);
    before = solved;
  }
}

async function judgeIdle(ledger: Ledger, step: DoStep, before: Replay): Promise<void> {
  ledger.expect('idle', step.id, !(await judge(before, step)).passed, 'passes when nothing is done');
  const emptied = await before.fork();
  await emptyFiles(emptied);
  ledger.expect('emptied', step.id, !(await judge(emptied, step)).passed, 'passes when all files are emptied');
}

async function judgeWay(ledger: Ledger, rule: string, where: string, step: DoStep, commands: readonly string[], before: Replay): Promise<Replay> {
  const after = await before.fork();
  for (const command of commands) {
    const { status, text } = await after.type(command);
    ledger.expect(rule, where, status === 0, `"${command}" ends with ${status}: ${text.trim().split('\n').at(-1)}`);
  }
  const verdict = await judge(after, step);
  ledger.expect(rule, where, verdict.passed, `does not pass: ${tell(verdict)}`);
  return after;
}

async function judgeWrong(ledger: Ledger, step: DoStep, wrong: DoStep['wrong'][number], before: Replay): Promise<void> {
  const after = await before.fork();
  // A command of a wrong turn may well be refused; what counts is what the learner is told then.
  for (const command of wrong.commands) await after.type(command);
  const verdict = await judge(after, step);
  const where = `${step.id}/${wrong.id}`;
  if (ledger.expect('wrong', where, !verdict.passed, 'the wrong turn passes')) ledger.expect('wrong', where, verdict.wrong === wrong.id, `it gets the message of "${verdict.wrong ?? 'nothing'}": ${tell(verdict)}`);
}

const NOTHING: StepVerdict = { passed: false, results: [] };

/** What cannot be judged is not passed. */
const judge = (replay: Replay, step: DoStep): Promise<StepVerdict> => replay.judge(step).catch(() => NOTHING);

const tell = (verdict: StepVerdict): string =>
  verdict.results.filter((result) => !result.passed).map((result) => `${result.id}: ${JSON.stringify(result.finding?.seen ?? result.failure)}`).join(', ');

async function emptyFiles(replay: Replay): Promise<void> {
  const { files } = replay.platform;
  const visit = async (folder: string): Promise<void> => {
    for (const name of await files.list(folder)) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (['.git', '.dvc', '.lab'].includes(path)) continue;
      if ((await files.stat(path))?.type === 'directory') await visit(path);
      else await files.write(path, '');
    }
  };
  await visit('');
  await replay.platform.save();
  await replay.engine.reload().catch(() => undefined);
}
