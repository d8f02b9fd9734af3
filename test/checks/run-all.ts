import { mkdirSync, rmSync } from 'node:fs';
import { runStep, type Step, type StepResult } from './step.js';

const bin = (name: string): string => `node_modules/.bin/${name}`;
const check = (file: string): string[] => [bin('tsx'), `test/checks/${file}.ts`];
const reports = '.cache/reports';
const vitest = (project: string): Pick<Step, 'command' | 'counting'> => ({
  command: [bin('vitest'), 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/${project}.json`],
  counting: { vitest: `${reports}/${project}.json` },
});

/** The suite in the order in which it is started; two slots are filled at a time. */
const steps: readonly Step[] = [
  { name: 'build', command: [bin('vite'), 'build'], slots: 1, counting: 'one' },
  { name: 'types of the page', command: [bin('tsc'), '-p', '.', '--noEmit'], slots: 1, counting: 'one' },
  { name: 'types of core', command: [bin('tsc'), '-p', 'src/core', '--noEmit'], slots: 1, counting: 'one' },
  { name: 'types of workers', command: [bin('tsc'), '-p', 'src/workers', '--noEmit'], slots: 1, counting: 'one' },
  { name: 'types in components', command: check('svelte-types'), slots: 1, counting: 'summary' },
  { name: 'lint', command: [bin('eslint'), '.', '--max-warnings=0'], slots: 1, counting: 'one' },
  { name: 'logical CSS', command: check('logical-css'), slots: 1, counting: 'summary' },
  { name: 'import rules', command: check('import-rules'), slots: 1, counting: 'summary' },
  { name: 'dead code', command: [bin('knip')], slots: 1, counting: 'one' },
  { name: 'first screen', command: check('first-screen'), slots: 1, counting: 'summary', needs: ['build'] },
  { name: 'unit', ...vitest('unit'), slots: 2, minutes: 12 },
  { name: 'lessons', command: ['npm', 'run', '--silent', 'lessons'], slots: 2, counting: 'summary', minutes: 12 },
  { name: 'e2e', ...vitest('e2e'), slots: 2, needs: ['build'], minutes: 15 },
];

function report(result: StepResult): void {
  const mark = result.failed === 0 ? 'ok  ' : 'FAIL';
  console.log(`${mark} ${result.name.padEnd(20)} ${result.seconds.toFixed(1).padStart(6)} s  ${result.passed} passed, ${result.failed} failed`);
  if (result.failed > 0) console.log(result.output.trimEnd().split('\n').slice(-120).map((line) => `     ${line}`).join('\n'));
}

/** Starts each step when what it needs has passed and slots are free, goes on after failures, and gives all results. */
async function runAll(todo: readonly Step[]): Promise<StepResult[]> {
  const waiting = [...todo];
  const results: StepResult[] = [];
  const running = new Set<Promise<void>>();
  let free = 2;
  while (waiting.length > 0 || running.size > 0) {
    const at = waiting.findIndex((step) => step.slots <= free && isReady(step, todo, results));
    if (at < 0) {
      await Promise.race(running);
      continue;
    }
    const [step] = waiting.splice(at, 1) as [Step];
    free -= step.slots;
    const run: Promise<void> = startUnlessBlocked(step, results).then((result) => {
      results.push(result);
      report(result);
      free += step.slots;
      running.delete(run);
    });
    running.add(run);
  }
  return results;
}

const isReady = (step: Step, todo: readonly Step[], results: readonly StepResult[]): boolean =>
  (step.needs ?? []).every((name) => !todo.some((other) => other.name === name) || results.some((result) => result.name === name));

function startUnlessBlocked(step: Step, results: readonly StepResult[]): Promise<StepResult> {
  const broken = step.needs?.find((name) => results.some((result) => result.name === name && result.failed > 0));
  if (broken === undefined) return runStep(step);
  return Promise.resolve({ name: step.name, seconds: 0, passed: 0, failed: 1, output: `not run: "${broken}" failed` });
}

const wanted = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',') : undefined;
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const started = performance.now();
const results = await runAll(steps.filter((step) => wanted?.includes(step.name) ?? true));
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
const broken = results.filter((result) => result.failed > 0).map((result) => result.name);
console.log(`\n${results.length} steps in ${((performance.now() - started) / 60_000).toFixed(1)} minutes${broken.length > 0 ? `; failed: ${broken.join(', ')}` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);
