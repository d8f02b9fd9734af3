import { redirectWords } from './errno-words.js';
import { guardRedirections } from './guard-redirections.js';
import type { Bash, BashExecResult, ScriptNode, StatementNode } from 'just-bash';

/** What one statement left; `ended` when it ended the shell itself (`exit`, or a failure under `set -e`). */
export interface StatementResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
  readonly ended: boolean;
}

const STATUS = '__lab_status';
const ARRAYS = '__lab_arrays';
const ARRAY_WORDS = /=\(|\b(declare|typeset|mapfile|readarray|local)\b|\bread\s+-\w*a|\]\+?=/;
const CARRIED_OPTIONS = ['allexport', 'errexit', 'noclobber', 'noglob', 'nounset', 'pipefail', 'xtrace'];

/**
 * A lasting bash on top of just-bash, whose `exec` forgets everything but the files: variables, folder, functions, arrays, options and `$?`
 * are carried from one statement to the next by putting statements before and after the learner's own in the parsed script.
 */
export class Session {
  #env: Record<string, string>;
  #functions = new Map<string, StatementNode>();
  #arrays: readonly StatementNode[] = [];
  #usesArrays = false;
  /** `$?` as the next statement sees it. */
  status = 0;
  #next: readonly StatementNode[] | undefined;
  /** Whether a statement runs, so that what is parsed now is a script that it started. */
  #running = false;

  constructor(
    private readonly bash: Bash,
    env: Record<string, string>,
  ) {
    this.#env = { ...env };
    bash.registerTransformPlugin({ name: 'carry-state', transform: ({ ast }) => ({ ast: { ...ast, statements: this.take(ast.statements) } }) });
  }

  get folder(): string {
    return this.#env['PWD'] ?? '/';
  }

  /** A fresh shell on the same bash, as after `exit`. */
  renew(env: Record<string, string>): void {
    this.#env = { ...env };
    this.#functions.clear();
    this.#arrays = [];
    this.#usesArrays = false;
    this.status = 0;
  }

  /** Splits a script into its statements; throws what the parser throws. */
  parse(script: string): readonly StatementNode[] {
    this.#next = undefined;
    const { ast }: { ast: ScriptNode } = this.bash.transform(script);
    this.#usesArrays ||= ARRAY_WORDS.test(script);
    return guardRedirections(ast.statements);
  }

  /** The statements to run in place of those that were parsed; a script that a statement starts (`bash file`, `source`, `xargs`) is its own. */
  private take(parsed: readonly StatementNode[]): StatementNode[] {
    const next = this.#next;
    this.#next = undefined;
    return next ? [...next] : this.#running ? guardRedirections([...parsed]) : [...parsed];
  }

  /** Runs one statement with all that earlier ones left. */
  async run(statement: StatementNode, options: { signal: AbortSignal; stdin?: string }): Promise<StatementResult> {
    this.keepFunctions(statement);
    const after = this.parse(this.#usesArrays ? `${STATUS}=$?; ${ARRAYS}="$(declare -a; declare -A)"` : `${STATUS}=$?`);
    this.#next = [...this.before(), statement, ...after];
    this.#running = true;
    try {
      const result = await this.bash.exec('true', { env: this.#env, replaceEnv: true, cwd: this.folder, signal: options.signal, stdin: options.stdin ?? '' });
      this.#running = false;
      return this.carry(result);
    } catch (cause) {
      // A redirection that the file system refuses is thrown through the whole statement.
      this.status = 1;
      return { stdout: '', stderr: redirectWords(undefined, cause), status: 1, ended: false };
    } finally {
      this.#running = false;
      this.#next = undefined;
    }
  }

  private before(): readonly StatementNode[] {
    const options = (this.#env['SHELLOPTS'] ?? '').split(':').filter((o) => CARRIED_OPTIONS.includes(o));
    const head = [...this.#functions.values(), ...this.#arrays];
    const set = options.length > 0 ? this.parse(options.map((o) => `set -o ${o}`).join('; ')) : [];
    // A failing status under `set -e` would end the shell here, and there it can only come from a tested command.
    const status = this.status !== 0 && !options.includes('errexit') ? this.parse(`(exit ${this.status})`) : [];
    return [...head, ...set, ...status];
  }

  private carry(result: BashExecResult): StatementResult {
    const { [STATUS]: status, [ARRAYS]: arrays, '?': _last, ...env } = result.env;
    const ended = status === undefined;
    this.status = ended ? result.exitCode : Number(status);
    if (!ended || env['PWD'] !== undefined) this.#env = { ...this.#env, ...env };
    if (!ended) for (const name of Object.keys(this.#env)) if (!(name in env)) delete this.#env[name];
    if (arrays !== undefined) this.#arrays = this.parse(arrayAssignments(arrays));
    return { stdout: result.stdout, stderr: result.stderr, status: this.status, ended };
  }

  private keepFunctions(statement: StatementNode): void {
    for (const command of statement.pipelines.flatMap((p) => p.commands)) {
      if (command.type === 'FunctionDef') this.#functions.set(command.name, { type: 'Statement', pipelines: [{ type: 'Pipeline', commands: [command], negated: false }], operators: [], background: false });
    }
  }
}

/** Lines of `declare -a` as plain assignments, which keep spaces within elements where just-bash's `declare` splits them. */
const arrayAssignments = (listing: string): string =>
  listing
    .split('\n')
    .filter((line) => !line.includes(' PIPESTATUS='))
    .map((line) => line.replace(/^declare -a (\w+)=/, '$1=').replace(/^declare -A (\w+)=/, 'declare -A $1; $1='))
    .join('\n');
