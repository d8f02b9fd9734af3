import { LabError } from '../../core/lab-error.js';
import type { SandboxProgram } from '../../lab/platform.js';
import { resolveModule } from '../../core/resolve-module.js';
import type { FilePlace } from './library/place-of.js';
import { transpile } from './transpile.js';

/** One script that evaluates to `(send, input) => void`, and where in it each file begins. */
export interface Bundle {
  readonly script: string;
  readonly files: readonly FilePlace[];
}

/** Name under which the script appears in stacks. */
const SCRIPT = 'looplab-run.js';

/** Puts a program and the library (`bundleLibrary`) into one script, behind the text `before`. Throws `stage-syntax` and `stage-no-file` {file}. */
export function bundleProgram({ entry, sources }: SandboxProgram, library: string, before = ''): Bundle {
  const head = `${before}(() => { "use strict";\n${library}\nconst learner = new Map();\n`;
  let at = linesOf(head);
  const files: FilePlace[] = [];
  const parts: string[] = [];
  for (const [file, code] of collectModules(entry, sources)) {
    parts.push(`learner.set(${JSON.stringify(file)}, function (exports, require, module) {\n${code}\n});\n`);
    files.push({ file, first: at + 1, lines: linesOf(code) + 1 });
    at += linesOf(parts.at(-1)!);
  }
  return { script: `${head}${parts.join('')}return start(learner, ${JSON.stringify(entry)}, ${JSON.stringify(files)});\n})()\n//# sourceURL=${SCRIPT}\n`, files };
}

const linesOf = (text: string): number => text.split('\n').length - 1;

function collectModules(entry: string, sources: Readonly<Record<string, string>>): Map<string, string> {
  const modules = new Map<string, string>();
  const waiting = [entry];
  for (const file of waiting) {
    if (modules.has(file)) continue;
    const text = Object.hasOwn(sources, file) ? sources[file] : undefined;
    if (text === undefined) throw new LabError('stage-no-file', { file });
    const code = transpile(text, file).replace(/(?<![.\w])require\((['"])([^'"]+)\1\)/g, (whole, _quote, word: string) => {
      // what leads nowhere fails when it is reached, in its own line
      const target = word === 'looplab' ? undefined : resolveModule(word, file, (path) => Object.hasOwn(sources, path));
      if (target === undefined) return whole;
      waiting.push(target);
      return `require(${JSON.stringify(target)})`;
    });
    modules.set(file, code);
  }
  return modules;
}
