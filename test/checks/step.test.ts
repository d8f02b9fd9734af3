import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runStep, tallyStep, tallySummary, tallyVitest, type Counting } from './step.js';

const report = (...files: [status: string, ...tests: string[]][]): string =>
  JSON.stringify({ testResults: files.map(([status, ...tests]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) })) });

describe('the count of tests', () => {
  test.each<[string, string, number, number]>([
    ['adds up files', report(['passed', 'passed', 'passed'], ['failed', 'passed', 'failed']), 3, 1],
    ['leaves skipped tests out', report(['passed', 'passed', 'skipped']), 1, 0],
    ['counts a file that did not load', report(['failed']), 0, 1],
    ['counts a file whose set-up failed', report(['failed', 'skipped', 'skipped']), 0, 1],
  ])('vitest: %s', (_, json, passed, failed) => {
    expect(tallyVitest(json)).toEqual({ passed, failed });
  });

  test('a summary is the last such line', () => {
    expect(tallySummary('1 passed, 2 failed\nmore\n30 passed, 4 failed\n')).toEqual({ passed: 30, failed: 4 });
    expect(tallySummary('all is well')).toBeUndefined();
  });

  const empty = join(mkdtempSync(join(tmpdir(), 'looplab-step-')), 'empty.json');
  writeFileSync(empty, report());
  test.each<[string, Counting, number, string, number, number]>([
    ['a step that ends well is one', 'one', 0, '', 1, 0],
    ['a step that ends badly is one failure', 'one', 2, '', 0, 1],
    ['ending badly with nothing failed is a failure', 'summary', 1, '3 passed, 0 failed', 3, 1],
    ['ending well with nothing run is a failure', 'summary', 0, '', 0, 1],
    ['an empty report is a failure', { vitest: empty }, 0, '', 0, 1],
    ['a missing report is a failure', { vitest: `${empty}.gone` }, 0, '', 0, 1],
    ['failures are not counted twice', 'summary', 1, '3 passed, 2 failed', 3, 2],
  ])('%s', (_, counting, status, output, passed, failed) => {
    expect(tallyStep(counting, status, output)).toEqual({ passed, failed });
  });

  test('a step that hangs is stopped with all that it started', async () => {
    const result = await runStep({ name: 'hangs', command: ['bash', '-c', 'echo begun; sleep 60 & wait'], slots: 1, counting: 'one', minutes: 0.01 });
    expect(result).toMatchObject({ passed: 0, failed: 1 });
    expect(result.output).toMatch(/begun[\s\S]*stopped/);
    expect(result.seconds).toBeLessThan(15);
  });

  test('a program that is not there is a failure with its reason', async () => {
    const result = await runStep({ name: 'none', command: ['no-such-program'], slots: 1, counting: 'one' });
    expect(result).toMatchObject({ failed: 1, output: expect.stringContaining('ENOENT') as string });
  });
});
