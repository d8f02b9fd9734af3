import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';

const run = promisify(execFile);

/** Runs the machine's own git in a folder, without its user's settings, and gives what it prints. */
export async function nativeGit(dir: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_AUTHOR_NAME: 'N', GIT_AUTHOR_EMAIL: 'n@n', GIT_COMMITTER_NAME: 'N', GIT_COMMITTER_EMAIL: 'n@n' };
  const { stdout, stderr } = await run('git', args, { cwd: dir, env, maxBuffer: 1 << 26 });
  return stdout + (args[0] === 'fsck' ? stderr : '');
}

/** All bytes of a stream in one array. */
export async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return new Uint8Array(Buffer.concat(all));
}

/** Unpacks a zip into a fresh folder and gives the folder. */
export async function unpackTo(zip: Uint8Array, prefix = 'looplab-export-'): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), prefix));
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    const path = join(dir, name);
    if (name.endsWith('/')) await mkdir(path, { recursive: true });
    else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
  }
  return dir;
}
