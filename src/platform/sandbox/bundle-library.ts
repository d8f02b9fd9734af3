import { resolveModule } from '../../core/resolve-module.js';
import { transpile } from './transpile.js';

const LIBRARY = 'src/platform/sandbox/library/looplab.ts';
const RUNTIME = 'src/platform/sandbox/library/start-run.ts';

/**
 * The library for learner code as script text, from the lab's own sources: `start(learner, entry, places)` gives the function that runs a program.
 * `read` gives the text of a source by its path, or undefined.
 */
export function bundleLibrary(read: (path: string) => string | undefined): string {
  const modules = new Map<string, string>();
  const waiting = [RUNTIME, LIBRARY];
  for (const file of waiting) {
    if (modules.has(file)) continue;
    const code = transpile(read(file)!, file);
    const linked = code.replace(/\brequire\('([^']+)'\)/g, (_whole, word: string) => {
      const target = resolveModule(word, file, (path) => read(path) !== undefined);
      if (target === undefined) throw new Error(`${file} imports ${word}, which the library for learner code cannot hold`);
      waiting.push(target);
      return `require(${JSON.stringify(target)})`;
    });
    modules.set(file, linked);
  }
  const parts = [...modules].map(([file, code]) => `lab.set(${JSON.stringify(file)}, function (exports, require, module) {\n${code}\n});\n`);
  return `const lab = new Map();\n${parts.join('')}${LINKER}`;
}

/** Loads modules once each; the learner's see one another and `looplab` only. */
const LINKER = `
const loaderOf = (modules, outside) => {
  const loaded = new Map();
  const load = (name) => {
    if (loaded.has(name)) return loaded.get(name).exports;
    if (!modules.has(name)) return outside(name);
    const module = { exports: {} };
    loaded.set(name, module);
    modules.get(name).call(undefined, module.exports, load, module);
    return module.exports;
  };
  return load;
};
const start = (learner, entry, places) => (send, input) => {
  const load = loaderOf(lab, (name) => { throw new Error('no module ' + name); });
  load(${JSON.stringify(RUNTIME)}).startRun(send, { ...input, places }, () => loaderOf(learner, (name) => {
    if (name !== 'looplab') throw new Error('only looplab and files of the project can be imported, not ' + name);
    return load(${JSON.stringify(LIBRARY)});
  })(entry));
};
`;
