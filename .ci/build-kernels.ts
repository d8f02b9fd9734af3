import { writeFileSync } from 'node:fs';
import { compileKernels } from './compile-kernel.js';

/** `npm run kernels`: compiles the kernels of `src/core/train/kernels/assembly/` into the modules beside that folder. */
for (const { file, source } of await compileKernels()) writeFileSync(file, source);
