import type { CommandCall } from '../../command.js';
import { DvcIgnore } from '../../../lab/project/dvc-ignore.js';
import { findTracked } from '../../tracked-files.js';
import { trackPath } from './keep-data.js';
import { projectPath } from './project-path.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc add`: data into the cache, a `.dvc` file for git in its place. */
export const add: DvcSubcommand = {
  name: 'add',
  usage: 'dvc add targets [targets ...]',
  summary: 'Track data files or directories with DVC',
  flags: ['-q', '--quiet'],
  async run(words, flags, call) {
    if (words.length === 0) return { err: 'usage: dvc add targets [targets ...]\ndvc: error: the following arguments are required: targets\n', status: 254 };
    const paths = words.map((word) => projectPath(call.folder, word));
    for (const path of paths) {
      const refused = await refusal(call, path);
      if (refused !== undefined) return { err: `ERROR: ${refused}\n`, status: 255 };
    }
    await call.turn.begin(call.signal);
    const forGit = new Set<string>();
    for (const path of paths) {
      call.signal.throwIfAborted();
      if (!(await call.host.platform.files.stat(path))) continue;
      const { pointer, ignore } = await trackPath(call.host.platform, path);
      forGit.add(pointer).add(ignore);
    }
    const hint = `\nTo track the changes with git, run:\n\n\tgit add ${[...forGit].join(' ')}\n\nTo enable auto staging, run:\n\n\tdvc config core.autostage true\n`;
    return { out: flags.has('-q', '--quiet') || forGit.size === 0 ? '' : hint, status: 0 };
  },
};

/** Why a path cannot be added, in DVC's words; a path that is tracked and unchanged is no fault. */
async function refusal({ host: { platform } }: CommandCall, path: string): Promise<string | undefined> {
  if (path === '.git' || path === '.dvc' || path === '.lab' || /^\.(git|dvc|lab)\//.test(path)) return `'${path}' belongs to a tool and cannot be tracked`;
  const tracked = await findTracked(platform, path);
  const stat = await platform.files.stat(path);
  const rule = (await DvcIgnore.open(platform)).reasonOf(path, stat?.type === 'directory');
  if (stat && rule !== undefined) return `Path '${path}' is ignored by\n${rule}`;
  if (!stat && !tracked) return `output '${path}' does not exist`;
  if (tracked?.pointer === 'dvc.lock') return `output '${path}' is already specified in a stage of dvc.yaml`;
  const known = await platform.git.treeAt('INDEX');
  const inGit = stat && [...known.keys()].some((file) => file === path || file.startsWith(`${path}/`));
  if (inGit) return ` output '${path}' is already tracked by SCM (e.g. Git).\n    You can remove it from Git, then add to DVC.\n        To stop tracking from Git:\n            git rm -r --cached '${path}'\n            git commit -m "stop tracking ${path}" `;
  return undefined;
}
