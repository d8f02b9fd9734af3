import { findDifference } from './compare.js';
import { runners } from './index.js';
import type { VectorCase, VectorFile, VectorRunner } from './runner.js';

/** What came of one vector file; `skipped` names the kinds that we do not know. */
export interface FileReport {
  readonly passed: number;
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
}

/** Runs every case of a vector file; `name` is the file's name without folder and `.json`, used when the file does not say its own. */
export function runVectorFile(content: VectorFile, name: string): FileReport {
  const file = (content.file ?? name).replace(/\.json$/, '');
  const runner = runners.find((known) => known.file === file) ?? runners.find((known) => known.file === name);
  if (!runner) return { passed: 0, failures: [], skipped: [file] };
  const tally = { passed: 0, failures: [] as string[], skipped: new Set<string>() };
  for (const vector of content.cases) runCase(runner, vector, tally);
  for (const vector of content.error_cases ?? []) runErrorCase(runner, vector, tally);
  return { ...tally, skipped: [...tally.skipped] };
}

interface Tally {
  passed: number;
  failures: string[];
  skipped: Set<string>;
}

function runCase(runner: VectorRunner, vector: VectorCase, tally: Tally): void {
  const ours = attempt(() => runner.run(vector));
  if ('error' in ours) return void tally.failures.push(`${vector.name}: threw ${ours.error}`);
  if (!ours.value) return void tally.skipped.add(vector.name);
  for (const [key, expected] of Object.entries(vector.expected)) {
    if (!(key in ours.value)) {
      tally.skipped.add(key);
      continue;
    }
    const tolerance = vector.tolerance ?? runner.tolerance?.(key) ?? 1e-9;
    settle(tally, vector, key, findDifference(ours.value[key], expected, tolerance));
  }
}

function runErrorCase(runner: VectorRunner, vector: VectorCase, tally: Tally): void {
  const ours = runner.runError?.(vector);
  const whole = 'error' in vector.expected;
  for (const [key, expected] of whole ? [['', vector.expected] as const] : Object.entries(vector.expected)) {
    const compute = ours?.[key];
    if (!compute) {
      tally.skipped.add(`${vector.name}.${key}`);
      continue;
    }
    const outcome = attempt(compute);
    const mustThrow = expected !== null && typeof expected === 'object' && 'error' in expected;
    if (mustThrow) settle(tally, vector, key, 'error' in outcome ? undefined : `gave ${String(outcome.value)} where an error is due`);
    else settle(tally, vector, key, 'error' in outcome ? `threw ${outcome.error}` : findDifference(outcome.value, expected, 1e-9));
  }
}

function settle(tally: Tally, vector: VectorCase, key: string, difference: string | undefined): void {
  if (difference) tally.failures.push(`${vector.name}: ${key}${difference}`);
  else tally.passed += 1;
}

function attempt<T>(compute: () => T): { value: T } | { error: string } {
  try {
    return { value: compute() };
  } catch (cause) {
    return { error: String(cause) };
  }
}
