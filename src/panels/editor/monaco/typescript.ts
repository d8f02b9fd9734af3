import { ModuleKind, ModuleResolutionKind, ScriptTarget, typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
import { TYPES } from 'virtual:looplab-types';

const LIBRARY = 'platform/sandbox/library/looplab.d.ts';
/** TypeScript's `ModuleDetectionKind.Force`: every file is a module, so that two stages may both have a `table`. */
const EVERY_FILE_A_MODULE = 3;
/** What the sandbox gives to learner code beside the language itself. */
const GLOBALS = `
declare const console: { log(...words: unknown[]): void; info(...words: unknown[]): void; warn(...words: unknown[]): void; error(...words: unknown[]): void; debug(...words: unknown[]): void };
declare class TextEncoder { encode(text?: string): Uint8Array }
declare class TextDecoder { decode(bytes?: Uint8Array): string }
declare function structuredClone<T>(value: T): T;
`;

/** Tells the language service what learner code runs in: the lab's library, no DOM, no Node. */
export function setUpTypeScript(): void {
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.NodeJs,
    moduleDetection: EVERY_FILE_A_MODULE,
    allowImportingTsExtensions: true,
    allowNonTsExtensions: true,
    noEmit: true,
    strict: true,
    noImplicitAny: false,
    lib: ['es2022'],
    types: [],
    baseUrl: 'file:///',
    paths: { looplab: [`looplab/${LIBRARY}`] },
  });
  typescriptDefaults.setEagerModelSync(true);
  typescriptDefaults.setExtraLibs([
    { filePath: 'file:///looplab/globals.d.ts', content: GLOBALS },
    ...Object.entries(TYPES).map(([path, content]) => ({ filePath: `file:///looplab/${path}`, content })),
  ]);
}
