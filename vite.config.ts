import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import ts from 'typescript';
import { defineConfig, type Plugin } from 'vite';
import { bundleLibrary } from './src/platform/sandbox/bundle-library.js';
import { installable } from './pwa.config.js';

/** tfjs-wasm prints its threaded module into a blob where a minifier's new name for `_scriptDir` is unknown; without threads both uses can go. */
const wasmThreads = (): Plugin => ({
  name: 'tfjs-wasm-without-threads',
  transform: {
    filter: { id: /tfjs-backend-wasm-threaded-simd\.js/ },
    handler: (code) => ({ code: code.replace('if(typeof _scriptDir !== "undefined" && _scriptDir){scriptDirectory=_scriptDir}', '').replace('||_scriptDir,', ','), map: null }),
  },
});

/** `virtual:looplab-library`: the library for learner code as one text, a chunk of its own. */
const learnerLibrary = (): Plugin => ({
  name: 'looplab-library',
  resolveId: (id) => (id === 'virtual:looplab-library' ? `\0${id}` : undefined),
  load(id) {
    if (id !== '\0virtual:looplab-library') return undefined;
    const read = (path: string): string | undefined => {
      const file = fileURLToPath(new URL(path, import.meta.url));
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    };
    return `export const LIBRARY = ${JSON.stringify(bundleLibrary(read))};`;
  },
});

/** `virtual:looplab-types`: the declarations of that library, for the editor's completion and checks. */
const learnerTypes = (): Plugin => ({
  name: 'looplab-types',
  resolveId: (id) => (id === 'virtual:looplab-types' ? `\0${id}` : undefined),
  load(id) {
    if (id !== '\0virtual:looplab-types') return undefined;
    const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
    const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, strict: true, declaration: true, emitDeclarationOnly: true, skipLibCheck: true, types: [] };
    const types: Record<string, string> = {};
    ts.createProgram([at('src/platform/sandbox/library/looplab.ts')], options).emit(undefined, (file, text) => (types[relative(at('src'), file)] = text), undefined, true);
    return `export const TYPES = ${JSON.stringify(types)};`;
  },
});

export default defineConfig({
  base: './',
  // The text codecs of lightning-fs look for `window` or `global`; a worker has neither.
  define: { global: 'globalThis' },
  plugins: [svelte(), wasmThreads(), learnerLibrary(), learnerTypes(), installable()],
  resolve: { alias: { 'node:zlib': fileURLToPath(new URL('src/terminal/zlib-shim.ts', import.meta.url)) } },
  worker: { format: 'es', plugins: () => [wasmThreads(), learnerLibrary()] },
  build: { target: ['chrome125', 'firefox128', 'safari18'], chunkSizeWarningLimit: 1000, manifest: true },
});
