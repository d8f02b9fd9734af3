import asc from 'assemblyscript/asc';

const FOLDER = 'src/core/train/kernels';
const KERNELS = ['logistic', 'dense'] as const;

/** The modules that hold the compiled kernels; throws the compiler's words. */
export function compileKernels(): Promise<{ file: string; source: string }[]> {
  return Promise.all(KERNELS.map(async (name) => ({ file: `${FOLDER}/${name}-wasm.ts`, source: moduleOf(name, await compile(name)) })));
}

/** WebAssembly with SIMD; no runtime, since kernels only reckon on memory that the caller lays out. */
async function compile(name: string): Promise<Uint8Array> {
  const output = new Map<string, string | Uint8Array>();
  const { error, stderr } = await asc.main([`${FOLDER}/assembly/${name}.ts`, '--outFile', 'out.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'], {
    writeFile: (file, contents) => void output.set(file, contents),
  });
  const bytes = [...output].find(([file]) => file.endsWith('out.wasm'))?.[1];
  if (error || !(bytes instanceof Uint8Array)) throw new Error(`${name}: ${stderr.toString()}`);
  return bytes;
}

const moduleOf = (name: string, bytes: Uint8Array): string =>
  `/** WebAssembly of \`assembly/${name}.ts\` in hexadecimal digits; made by \`npm run kernels\`. */\nexport const ${name}Wasm =\n  '${Buffer.from(bytes).toString('hex')}';\n`;
