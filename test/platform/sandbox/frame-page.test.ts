import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { FRAME_SCRIPT_HASH, framePage } from '../../../src/platform/sandbox/frame-page.js';

it('is allowed by its hash, in the frame and in the page whose policy the frame inherits', async () => {
  const script = /<script>([\s\S]*)<\/script>/.exec(framePage())![1]!;
  expect(FRAME_SCRIPT_HASH).toBe(`sha256-${createHash('sha256').update(script).digest('base64')}`);
  const page = await readFile(new URL('../../../index.html', import.meta.url), 'utf8');
  expect(page).toContain(`'${FRAME_SCRIPT_HASH}'`);
  expect(page).toMatch(/worker-src [^;]*data:/);
});
