import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { installable } from './pwa.config.js';

/** tfjs-wasm prints its threaded module into a blob where a minifier's new name for `_scriptDir` is unknown; without threads both uses can go. */
const wasmThreads = (): Plugin => ({
  name: 'tfjs-wasm-without-threads',
  transform: {
    filter: { id: /tfjs-backend-wasm-threaded-simd\.js/ },
    handler: (code) => ({ code: code.replace('if(typeof _scriptDir !== "undefined" && _scriptDir){scriptDirectory=_scriptDir}', '').replace('||_scriptDir,', ','), map: null }),
  },
});

export default defineConfig({
  base: './',
  // The text codecs of lightning-fs look for `window` or `global`; a worker has neither.
  define: { global: 'globalThis' },
  plugins: [svelte(), wasmThreads(), installable()],
  resolve: { alias: { 'node:zlib': fileURLToPath(new URL('src/terminal/zlib-shim.ts', import.meta.url)) } },
  worker: { format: 'es', plugins: () => [wasmThreads()] },
  build: { target: ['chrome125', 'firefox128', 'safari18'], chunkSizeWarningLimit: 1000, manifest: true },
});
