import { nearNames } from './near-names.js';

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/too many commands executed \(>(\d+)\).*/, 'stopped after $1 commands: does the loop end?'],
  [/too many iterations \((\d+)\).*/, 'stopped after $1 rounds: does the loop end?'],
];

/** Adds to bash's own words: near names for a command that does not exist, and plain words for a bound that was reached. */
export function explainStderr(stderr: string, names: readonly string[]): string {
  const lines = stderr.split('\n').map((line) => {
    for (const [pattern, words] of ADVICE) if (pattern.test(line)) return line.replace(pattern, words);
    const missing = /^bash: (?:line \d+: )?([^\s:/]+): command not found$/.exec(line)?.[1];
    const near = missing === undefined ? [] : nearNames(missing, names);
    return near.length === 0 ? line : `${line}\nDid you mean ${near.map((n) => `'${n}'`).join(' or ')}?`;
  });
  return lines.join('\n');
}
