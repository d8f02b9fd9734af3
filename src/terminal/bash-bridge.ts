import type { Bash, Command, CommandContext, IFileSystem } from 'just-bash';
import { LabError } from '../core/lab-error.js';
import type { CommandCall, CommandResult, ShellHost, TerminalCommand } from './command.js';
import { redirectWords } from './errno-words.js';
import { CHECK_TARGETS } from './guard-redirections.js';
import { HOME, insideProject, PROJECT, resolvePath } from './paths.js';
import { ProjectFs, type ProjectFsHooks } from './project-fs.js';
import { signed } from './signed-message.js';
import type { WriteTurn } from './write-turn.js';

type Library = typeof import('just-bash');

/** What commands need beside the world: the turn to write, and where text goes that is shown at once. */
export interface BridgeOptions extends ProjectFsHooks {
  readonly host: ShellHost;
  readonly turn: WriteTurn;
  readonly commands: readonly TerminalCommand[];
  show(text: string): void;
  /** The way to ask for a line, while there is one. */
  reader(): (() => Promise<string | undefined>) | undefined;
  /** Shows the beginning of a command's output early, where that output goes to the screen. */
  stream(text: string): void;
}

/** Bounds of one statement: a loop that never ends is stopped in well under a second, and memory cannot be filled. */
const LIMITS = { maxCommandCount: 10_000, maxLoopIterations: 100_000, maxCallDepth: 100, maxOutputSize: 16 << 20, maxStringLength: 32 << 20, maxExecutionTimeMs: 3_600_000 };

/** A bash whose home holds the project, with the lab's own commands. */
export function makeBash(library: Library, options: BridgeOptions): Bash {
  const project = new ProjectFs(options.host.platform, options);
  const base = new library.InMemoryFs({ '/tmp/.keep': '', '/dev/null': '', [`${HOME}/.keep`]: '' });
  const fs = new library.MountableFs({ base, mounts: [{ mountPoint: PROJECT, filesystem: project }] });
  return new library.Bash({
    fs,
    cwd: PROJECT,
    executionLimits: LIMITS,
    // Our own commands share this thread and its globals, which the sandbox would take away.
    defenseInDepth: false,
    customCommands: [...options.commands.map((c) => bridge(library, c, options)), checkTargets(library, project)],
  });
}

function bridge(library: Library, command: TerminalCommand, options: BridgeOptions): Command {
  return library.defineCommand(command.name, async (words, context) => {
    const result = await runGuarded(command, words, callOf(context, options), options.host);
    return { stdout: result.out ?? '', stderr: result.err ?? '', exitCode: result.status, stdoutKind: 'text' };
  });
}

/** Fails, in bash's words, when a file that a command's output goes to cannot be written. */
function checkTargets(library: Library, project: ProjectFs): Command {
  return library.defineCommand(CHECK_TARGETS, async (words, { cwd }) => {
    for (const word of words) {
      const path = insideProject(resolvePath(cwd, word));
      const stderr = path === undefined ? undefined : await project.tryWrite(`/${path}`).catch((cause: unknown) => redirectWords(word, cause));
      if (stderr !== undefined) return { stdout: '', stderr, exitCode: 1 };
    }
    return { stdout: '', stderr: '', exitCode: 0 };
  });
}

async function runGuarded(command: TerminalCommand, words: readonly string[], call: CommandCall, host: ShellHost): Promise<CommandResult> {
  try {
    return await command.run(words, call);
  } catch (cause) {
    return { err: `${signed(command.name, host.formatError(LabError.from(cause)))}\n`, status: 1 };
  }
}

function callOf(context: CommandContext, { host, turn, show, stream, reader }: BridgeOptions): CommandCall {
  const fs: IFileSystem = context.fs;
  const readLine = reader();
  return {
    host,
    turn,
    folder: context.cwd,
    env: context.env,
    signal: context.signal ?? new AbortController().signal,
    stdin: textOfBytes(context.stdin),
    ...(readLine ? { readLine } : {}),
    show,
    stream,
    readFile: (path) => fs.readFileBuffer(path),
    writeFile: (path, content) => fs.writeFile(path, content),
  };
}

/** Bash's streams hold one byte a character. */
function textOfBytes(stdin: unknown): string {
  const latin1 = typeof stdin === 'string' ? stdin : '';
  return new TextDecoder().decode(Uint8Array.from(latin1, (c) => c.charCodeAt(0)));
}
