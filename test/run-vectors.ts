import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runVectorFile } from './vector-runners/run-file.js';
import type { VectorFile } from './vector-runners/runner.js';

/** Runs ours against every `*.json` vector file in the folders given (`test/vectors` without any) and gives the exit status. */
function main(folders: readonly string[]): number {
  let passed = 0;
  let failed = 0;
  for (const path of folders.flatMap(vectorFiles)) {
    const report = runFile(path);
    passed += report.passed;
    failed += report.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

function vectorFiles(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  // A folder without vectors must not look like a pass.
  return names.length > 0 ? names.sort().map((name) => join(folder, name)) : [folder];
}

function runFile(path: string): { passed: number; failed: number } {
  const content = readVectors(path);
  if (typeof content === 'string') {
    console.log(`${path}: 0 passed, 1 failed\n  FAILED ${content}`);
    return { passed: 0, failed: 1 };
  }
  const { passed, failures, skipped } = runVectorFile(content, basename(path, '.json'));
  console.log(`${path}: ${passed} passed, ${failures.length} failed${skipped.length > 0 ? `, skipped unknown: ${skipped.join(', ')}` : ''}`);
  for (const failure of failures) console.log(`  FAILED ${failure}`);
  return { passed, failed: failures.length };
}

function readVectors(path: string): VectorFile | string {
  try {
    const content = JSON.parse(readFileSync(path, 'utf8')) as VectorFile;
    return Array.isArray(content?.cases) ? content : 'not a vector file: no list of cases';
  } catch (cause) {
    return `no vectors can be read: ${String(cause)}`;
  }
}

const folders = process.argv.slice(2).filter((argument) => argument !== '--');
process.exitCode = main(folders.length > 0 ? folders : ['test/vectors']);
