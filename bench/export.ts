import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../src/core/random.js';
import { formatDvcFile } from '../src/core/version/dvc-file.js';
import { md5Hex } from '../src/core/version/md5.js';
import { LabError } from '../src/core/lab-error.js';
import { exportProject } from '../src/lab/archive.js';
import { openEngine } from '../src/lab/engine.js';
import { openMemoryPlatform, type MemoryPlatform } from '../src/platform/memory-platform.js';
import { cpuSeconds, type Bench, type Figure } from './figure.js';

const COMMITS = 200;
const DATA_FILES = 10;
const DATA_BYTES = 5 << 20;

/** 200 commits of a growing file, ten of which also track 5 MiB of data that cannot be compressed well. */
async function makeProject(): Promise<MemoryPlatform> {
  let now = Date.UTC(2026, 0, 1);
  const none = (): Promise<never> => Promise.reject(new LabError('not-found'));
  const platform = openMemoryPlatform({ nets: { train: none }, sandbox: { run: none }, now: () => (now += 1000), asset: none });
  await openEngine(platform);
  const random = createRandom(1);
  for (let i = 0; i < COMMITS - 1; i++) {
    await platform.files.write('notes.md', `${'line\n'.repeat(i)}commit ${i}\n`);
    const files = ['notes.md'];
    if (i < DATA_FILES) {
      const content = Uint8Array.from({ length: DATA_BYTES }, () => random() * 256);
      const md5 = md5Hex(content);
      await platform.objects.put(md5, content);
      await platform.files.write(`data/part-${i}.bin.dvc`, formatDvcFile({ md5, size: content.length, path: `part-${i}.bin` }));
      files.push(`data/part-${i}.bin.dvc`);
      await platform.files.write('data/.gitignore', Array.from({ length: i + 1 }, (_, n) => `/part-${n}.bin\n`).join(''));
      files.push('data/.gitignore');
    }
    await platform.git.commitOnly(files, `commit ${i}\n`);
  }
  await platform.save();
  return platform;
}

async function* measure(): AsyncGenerator<Figure> {
  const platform = await makeProject();
  const folder = mkdtempSync(join(tmpdir(), 'looplab-export-'));
  try {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const parts: Uint8Array[] = [];
    for await (const part of exportProject(platform)) parts.push(part);
    const seconds = (performance.now() - wall) / 1000;
    const own = cpuSeconds(cpu);
    const zip = join(folder, 'project.zip');
    writeFileSync(zip, Buffer.concat(parts));
    const project = join(folder, 'project');
    execFileSync('unzip', ['-q', zip, '-d', project]);
    execFileSync('git', ['-C', project, 'fsck', '--strict', '--full'], { stdio: 'pipe' });
    const commits = Number(execFileSync('git', ['-C', project, 'rev-list', '--count', 'HEAD']).toString());
    const checked = execFileSync(process.execPath, [new URL('../test/tools/check-export.mjs', import.meta.url).pathname, project]).toString().trim();
    if (commits !== COMMITS) throw new Error(`wrong work: ${commits} commits`);
    yield { figure: 'export of 200 commits and 50 MiB', value: seconds, unit: 's', bound: 20, note: `${own.toFixed(1)} CPU s; ${checked}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The whole project as one zip, accepted by native git and by a script that recomputes every hash. */
export const exportOfProject: Bench = { name: 'export', measure };
