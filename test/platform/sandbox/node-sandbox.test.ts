import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/core/lab-error.js';
import type { SandboxProgram } from '../../../src/lab/platform.js';
import { createNodeSandbox } from '../../../src/platform/sandbox/node-sandbox.js';
import { WAYS } from './ways-out.js';

const sandbox = createNodeSandbox();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const LIMITS = { milliseconds: 20_000, outputBytes: 1 << 20, consoleCharacters: 10_000 };

async function run(source: string, more: Partial<SandboxProgram> = {}) {
  const printed = { stdout: '', stderr: '' };
  const program = { entry: 'src/a.ts', sources: { 'src/a.ts': source, ...more.sources }, inputs: {}, params: {}, argv: [], limits: LIMITS, ...more, ...(more.sources ? { sources: { 'src/a.ts': source, ...more.sources } } : {}) };
  const files = await sandbox.run(program, { signal: new AbortController().signal, print: (stream, text) => void (printed[stream] += text) }).catch((cause: unknown) => LabError.from(cause));
  return { files, printed };
}

describe('learner code in a process', () => {
  it('reads inputs, params and words, imports its own files, and gives files and what it printed', async () => {
    const { files, printed } = await run(
      `import { readText, writeJson, params, argv, readTable, writeTable } from 'looplab';
import { twice } from './b.js';
import type { Nothing } from './types.js';
const n: number = twice(Number(readText('in.txt')));
console.log('n is', n, { a: [1] });
console.error('careful');
writeJson('out.json', { n, k: (params as any).k, argv, rows: readTable('t.csv').rows });
writeTable('t2.csv', readTable('t.csv'));`,
      { sources: { 'src/b.ts': 'export const twice = (n: number): number => 2 * n;' }, inputs: { 'in.txt': bytes('21'), 't.csv': bytes('a,b\n1,x\n2,y\n') }, params: { k: 3 }, argv: ['--fast'] },
    );
    expect(files).not.toBeInstanceOf(LabError);
    const written = files as ReadonlyMap<string, Uint8Array>;
    expect(JSON.parse(new TextDecoder().decode(written.get('out.json')))).toEqual({ n: 42, k: 3, argv: ['--fast'], rows: 2 });
    expect(new TextDecoder().decode(written.get('t2.csv'))).toBe('a,b\n1,x\n2,y\n');
    expect(printed).toEqual({ stdout: 'n is 42 {"a":[1]}\n', stderr: 'careful\n' });
  });

  it.each([
    ['an error, in the line of the TypeScript', 'interface A {\n  b: string;\n}\nconst a: A | null = null;\na!.b.length;', 'stage-error', { file: 'src/a.ts', line: 5 }],
    ['an error in an imported file', "import { f } from './b.js';\nf();", 'stage-error', { file: 'src/b.ts', line: 2 }],
    ['syntax', 'const a = 1;\nconst b = ;\n', 'stage-syntax', { file: 'src/a.ts', line: 2 }],
    ['a body that ends its function', 'const a = 1;\n}); evil(); (function () {', 'stage-syntax', { file: 'src/a.ts', line: 2 }],
    ['a module that is not there', "\nimport { x } from 'node:fs';\nx();", 'stage-error', { file: 'src/a.ts', line: 2 }],
    ['a file that is no dependency', "import { readText } from 'looplab';\nreadText('secret');", 'stage-error', { file: 'src/a.ts', line: 2 }],
    ['printing without end', 'for (;;) console.log("x");', 'stage-flood', {}],
    ['printing without end, errors caught', 'for (;;) try { console.log("x"); } catch {}', 'stage-flood', {}],
    ['too many bytes', "import { writeText } from 'looplab';\nfor (let i = 0; ; i++) writeText(`f${i}`, 'x'.repeat(1e5));", 'stage-flood', {}],
    ['a rejected promise', 'Promise.reject(new Error("late"));', 'stage-error', { file: 'src/a.ts', line: 1 }],
  ])('tells of %s', async (_what, source, code, data) => {
    const { files } = await run(source, { sources: { 'src/b.ts': 'export function f(): void {\n  throw new Error("no");\n}' } });
    expect((files as LabError).code).toBe(code);
    expect((files as LabError).data).toMatchObject(data);
  });

  it('ends a loop at the limit, and a bomb by its memory', async () => {
    const short = { ...LIMITS, milliseconds: 1500 };
    expect((await run('for (;;) {}', { limits: short })).files).toMatchObject({ code: 'stage-timeout' });
    const bomb = await run('const a: unknown[] = [];\nfor (;;) a.push(new Array(1e6).fill(1.5));');
    expect((bomb.files as LabError).code).toBe('stage-memory');
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const program = { entry: 'a.ts', sources: { 'a.ts': 'for (;;) {}' }, inputs: {}, params: {}, argv: [], limits: LIMITS };
    await expect(sandbox.run(program, { signal: stop.signal, print: () => undefined })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('finds no way out', async () => {
    const { files } = await run(WAYS('http://127.0.0.1:9/'));
    expect(files).not.toBeInstanceOf(LabError);
    const found = JSON.parse(new TextDecoder().decode((files as ReadonlyMap<string, Uint8Array>).get('ways.json'))) as Record<string, string>;
    expect(Object.keys(found).length).toBeGreaterThanOrEqual(20);
    expect(Object.entries(found).filter(([, got]) => !got.startsWith('nothing'))).toEqual([]);
  });
});
