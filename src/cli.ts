import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LabError } from './core/lab-error.js';
import { createErrorWords } from './i18n/error-words.js';
import { exportProject } from './lab/archive.js';
import { openEngine } from './lab/engine.js';
import type { Platform } from './lab/platform.js';
import type { Credentials } from './lab/remote-port.js';
import { openNodePlatform } from './platform/node-platform.js';
import { createNodeSandbox } from './platform/sandbox/node-sandbox.js';
import { createNodeNets } from './platform/tfjs/node-nets.js';
import { Logins } from './terminal/logins.js';
import { createShell, type LineResult, type Shell } from './terminal/shell.js';

const USAGE = `usage: npm run lab -- --project DIR [SCRIPT]

Runs the lab's terminal commands against the project in DIR, which is made when it is missing.
The commands come from the file SCRIPT, or from standard input. The exit status is that of the last command.
A command of SCRIPT that asks (git add -p) gets its answers from standard input.

  --project DIR   folder of the project: a plain git repository
  --lang en|ar    language of messages (default en)
  --help          this text

A git remote that wants a name and a password gets LOOPLAB_GIT_USER and LOOPLAB_GIT_PASSWORD of the environment.
`;

const usageError = (message: string): never => {
  process.stderr.write(`lab: ${message}\n\n${USAGE}`);
  process.exit(2);
};

interface Options {
  readonly project: string;
  readonly script: string | undefined;
  readonly lang: string;
}

function readOptions(): Options {
  const { values, positionals } = (() => {
    try {
      return parseArgs({ options: { project: { type: 'string' }, lang: { type: 'string', default: 'en' }, help: { type: 'boolean' } }, allowPositionals: true });
    } catch (cause) {
      return usageError(cause instanceof Error ? cause.message : String(cause));
    }
  })();
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  const [script, extra] = positionals;
  if (values.project === undefined || values.project === '') return usageError('--project DIR is needed');
  if (extra !== undefined) return usageError(`unexpected word '${extra}'`);
  if (values.lang !== 'en' && values.lang !== 'ar') return usageError(`--lang is en or ar, not '${values.lang}'`);
  return { project: values.project, script, lang: values.lang };
}

async function openShell({ project, lang }: Options): Promise<Shell> {
  const author = { name: process.env['GIT_AUTHOR_NAME'], email: process.env['GIT_AUTHOR_EMAIL'] };
  const platform = await openNodePlatform({
    dir: project,
    nets: createNodeNets(),
    sandbox: createNodeSandbox(),
    assets: fileURLToPath(new URL('../public', import.meta.url)),
    author: Object.fromEntries(Object.entries(author).filter(([, v]) => v !== undefined)),
  });
  const engine = await openEngine(platform);
  const formatError = await createErrorWords(() => lang);
  return createShell({ engine, platform, formatError, serve: (r) => engine.serve(r), now: Date.now, exportTo: (file) => writeZip(platform, file), logins: new Logins(async () => environmentLogin()) });
}

/** The name and password that the surroundings hold; a script cannot be asked. */
function environmentLogin(): Credentials | undefined {
  const [username, password] = [process.env['LOOPLAB_GIT_USER'], process.env['LOOPLAB_GIT_PASSWORD']];
  return username === undefined || password === undefined ? undefined : { username, password };
}

/** Writes the project as one zip to a file of this machine; never over an old one. */
async function writeZip(platform: Platform, file: string): Promise<void> {
  const handle = await open(file, 'wx').catch((cause: unknown) => {
    throw new LabError('export-failed', { path: file, reason: cause instanceof Error ? cause.message : String(cause) });
  });
  try {
    for await (const part of exportProject(platform)) await handle.write(part);
  } finally {
    await handle.close();
  }
}

function runHere(shell: Shell, line: string, readLine?: () => Promise<string | undefined>): Promise<LineResult> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  const onOutput = (text: string, stream: 'stdout' | 'stderr'): void => void process[stream].write(text);
  return shell.run(line, { signal: stop.signal, onOutput, ...(readLine ? { readLine } : {}) }).finally(() => process.off('SIGINT', interrupt));
}

/** Lines typed at a keyboard, one after the other, until `exit` or the end of input. */
async function runByHand(shell: Shell): Promise<number> {
  const keyboard = createInterface({ input: process.stdin, output: process.stdout, prompt: 'learner@looplab:~/project $ ' });
  let status = 0;
  keyboard.prompt();
  for await (const line of keyboard) {
    const result = line.trim() === '' ? undefined : await runHere(shell, line, () => keyboard.question(''));
    status = result?.status ?? status;
    if (result?.ended) break;
    keyboard.prompt();
  }
  keyboard.close();
  return status;
}

/** Lines of standard input for the commands of a script that ask; they are read when the first one does. */
function linesOfInput(): () => Promise<string | undefined> {
  let lines: AsyncIterator<string> | undefined;
  return async () => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    const next = await lines.next();
    return next.done ? undefined : next.value;
  };
}

async function main(): Promise<number> {
  const options = readOptions();
  const typed = options.script === undefined && process.stdin.isTTY;
  const script = typed ? '' : await (options.script === undefined ? readAll(process.stdin) : readFile(options.script, 'utf8')).catch(() => usageError(`cannot read '${options.script ?? 'standard input'}'`));
  const shell = await openShell(options);
  if (typed) return runByHand(shell);
  return script.trim() === '' ? 0 : (await runHere(shell, script, options.script === undefined ? undefined : linesOfInput())).status;
}

/** Leaves only when all that was printed has gone out. */
const leave = (status: number): void => void process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));

main().then(leave, async (cause: unknown) => {
  const words = await createErrorWords(() => 'en');
  process.stderr.write(`lab: ${words(LabError.from(cause))}\n`);
  leave(1);
});
