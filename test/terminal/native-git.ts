import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNodePlatform } from '../../src/platform/node-platform.js';
import { createShell } from '../../src/terminal/shell.js';
import { fakeEngine, formatError, NO_NETS, runLine } from './open-shell.js';
import { noSandbox } from '../platform/no-sandbox.js';

const TIME = 1767225600;

/** The same project twice: one driven by our shell, one by native git; both with the same author and a clock that goes on a minute with each line. */
export async function openTwins() {
  const top = mkdtempSync(join(tmpdir(), 'looplab-git-'));
  const [ours, theirs] = [join(top, 'ours'), join(top, 'theirs')];
  const env = {
    PATH: process.env['PATH'], HOME: top, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8', TZ: 'UTC', GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org',
    GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.org', GIT_AUTHOR_DATE: `${TIME} +0000`, GIT_COMMITTER_DATE: `${TIME} +0000`, GIT_PAGER: 'cat',
  };
  let minutes = 0;
  const later = () => ({ GIT_AUTHOR_DATE: `${TIME + 60 * minutes} +0000`, GIT_COMMITTER_DATE: `${TIME + 60 * minutes} +0000` });
  execFileSync('git', ['-c', 'init.defaultBranch=main', 'init', '-q', theirs], { env });
  const platform = await openNodePlatform({ dir: ours, nets: NO_NETS, sandbox: noSandbox, assets: top, now: () => (TIME + 60 * minutes) * 1000, author: { name: 'Ada', email: 'ada@example.org' } });
  await platform.git.init();
  await platform.save();
  const engine = fakeEngine(platform, () => ({ status: 200, body: '' }));
  const shell = createShell({ engine, platform, serve: engine.serve, formatError, now: Date.now });
  const native = (line: string, dir = theirs): { out: string; status: number } => {
    try {
      return { out: execFileSync('bash', ['-c', `{ ${line}\n} 2>&1`], { cwd: dir, env: { ...env, ...later() }, encoding: 'utf8' }), status: 0 };
    } catch (cause) {
      const { stdout, status } = cause as { stdout: string; status: number };
      return { out: stdout, status };
    }
  };
  return {
    top,
    env,
    ours,
    native,
    platform,
    /** Runs a line in both; gives what each printed (both streams) and its status. Native git may need other words for the same. */
    async both(line: string, nativeLine = line) {
      minutes++;
      const mine = await runLine(shell, `cd ~/project\n${line}`);
      return { mine: { out: mine.out + mine.err, status: mine.status }, native: native(nativeLine) };
    },
    close: () => rmSync(top, { recursive: true, force: true }),
  };
}
