import type { CommandNode, PipelineNode, StatementNode, WordNode } from 'just-bash';

/** Name of the command that judges the targets of redirections before a command runs. */
export const CHECK_TARGETS = '__lab_check_targets';

const WRITING = new Set(['>', '>>', '>|', '&>', '&>>']);
const PLAIN_PARTS = new Set(['Literal', 'SingleQuoted', 'DoubleQuoted', 'Escaped', 'ParameterExpansion', 'TildeExpansion']);

/**
 * Puts a check before each command whose output goes to a file: `cmd > f` runs as `if check f; then cmd > f; else false; fi`.
 * just-bash lets a refused target break off the whole statement; bash fails that one command alone.
 * Targets that would be computed twice with effects (`$(...)`) are left as they are.
 */
export function guardRedirections<T>(node: T): T {
  if (Array.isArray(node)) return node.map((n: unknown) => guardRedirections(n)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, guardRedirections(value as unknown)]));
  if (copy['type'] !== 'Pipeline') return copy as T;
  const pipeline = copy as unknown as PipelineNode;
  const commands = pipeline.commands.map(guardCommand).map((c, i) => (i > 0 && DEAF.has(c.type) ? groupOf(c) : c));
  return { ...pipeline, commands } as unknown as T;
}

function guardCommand(command: CommandNode): CommandNode {
  if (command.type === 'FunctionDef' || !('redirections' in command)) return command;
  const targets = command.redirections.filter((r) => WRITING.has(r.operator)).flatMap((r) => (isPlainWord(r.target) ? [r.target] : []));
  if (targets.length === 0) return command;
  const check = statementOf(simple(CHECK_TARGETS, targets));
  const guarded: CommandNode = { type: 'If', clauses: [{ condition: [check], body: [statementOf(command)] }], elseBody: [statementOf(simple('false', []))], redirections: [] };
  return groupOf(guarded);
}

/** just-bash hands a pipe's input to groups but not to `if`, `for` and `case`. */
const groupOf = (command: CommandNode): CommandNode => ({ type: 'Group', body: [statementOf(command)], redirections: [] });
const DEAF = new Set(['If', 'For', 'CStyleFor', 'Case']);

const statementOf = (command: CommandNode): StatementNode => ({
  type: 'Statement',
  pipelines: [{ type: 'Pipeline', commands: [command], negated: false }],
  operators: [],
  background: false,
});

const literal = (value: string): WordNode => ({ type: 'Word', parts: [{ type: 'Literal', value }] });

/** The check must not eat the input that its command reads. */
const simple = (name: string, args: WordNode[]): CommandNode => ({
  type: 'SimpleCommand',
  assignments: [],
  name: literal(name),
  args,
  redirections: [{ type: 'Redirection', fd: null, operator: '<<<', target: literal('') }],
});

function isPlainWord(target: unknown): target is WordNode {
  const word = target as Partial<WordNode>;
  return word.type === 'Word' && Array.isArray(word.parts) && word.parts.every(isPlainPart);
}

function isPlainPart(part: { readonly type: string; readonly parts?: readonly { readonly type: string }[] }): boolean {
  return PLAIN_PARTS.has(part.type) && (part.parts ?? []).every(isPlainPart);
}
