import { LabError } from '../../src/core/lab-error.js';
import type { Sandbox } from '../../src/lab/platform.js';

/** For tests that run no learner code. */
export const noSandbox: Sandbox = { run: () => Promise.reject(new LabError('unexpected', { message: 'no sandbox in this test' })) };
