import { writeSetting } from '../../../core/version/git-config.js';
import { clonePath } from '../../../lab/team/clone-path.js';
import { fetchRefs } from '../../git/fetch-refs.js';
import { fatal, readOptions } from '../../git/options.js';
import { checkAddress, setUpstream } from '../../git/remotes.js';
import type { GitCall, Subcommand } from '../../git/subcommand.js';
import { insideProject, resolvePath, PROJECT } from '../../paths.js';

const SPEC = {
  usage: 'git clone [-b <branch>] [--] <repository> [<directory>]',
  flags: { '-q': 'quiet', '--quiet': 'quiet' },
  values: { '-b': 'branch', '--branch': 'branch' },
  refused: { '--depth': 'a history here is always whole', '--bare': 'a clone here has a working tree', '--recursive': 'repositories in repositories are not brought along', '--recurse-submodules': 'repositories in repositories are not brought along' },
};
const EXCLUDE = '.git/info/exclude';

/** `git clone`: a repository of its own, with its files in a folder of the project, which the project's own git passes over. */
export const clone: Subcommand = {
  name: 'clone',
  summary: 'Clone a repository into a new directory',
  async run(words, call) {
    const { flags, values, words: given, paths } = readOptions(SPEC, words);
    const [url, directory, extra] = [...given, ...(paths ?? [])];
    if (url === undefined) throw fatal('You must specify a repository to clone.\n\nusage: git clone [<options>] [--] <repo> [<dir>]');
    if (extra !== undefined) throw fatal('Too many arguments.');
    checkAddress(call, url);
    const name = directory ?? nameOf(url);
    const folder = await freeFolder(call, name);
    const err = `Cloning into '${name}'...\n`;
    await call.turn.begin(call.signal);
    // a clone whose folder was removed has left its data behind
    const forget = async (): Promise<void> => {
      for (const path of [folder, clonePath(folder)]) await call.host.platform.files.remove(path).catch(() => undefined);
    };
    await forget();
    await call.host.platform.files.makeFolder(folder);
    const nested: GitCall = { ...call, git: call.host.platform.git.inFolder(folder), prefix: '' };
    const empty = await bring(nested, url, values.get('branch')?.at(-1)).catch(async (cause: unknown) => {
      await forget();
      throw cause;
    });
    await exclude(call, folder);
    const note = empty ? 'warning: You appear to have cloned an empty repository.\n' : '';
    return { err: flags.has('quiet') ? note : `${err}${note}done.\n`, status: 0 };
  },
};

/** The last part of an address, as git names the folder after it. */
function nameOf(url: string): string {
  const name = url.replace(/[/\s]+$/, '').replace(/\.git$/, '').split(/[/:]/).at(-1)!;
  if (name === '') throw fatal(`No directory name could be guessed.\nPlease specify a directory on the command line`);
  return name;
}

async function freeFolder({ host, folder }: GitCall, name: string): Promise<string> {
  const inside = insideProject(resolvePath(folder, name));
  if (inside === undefined) throw fatal(`a clone lies in a folder of the project (${PROJECT}); only that is kept`);
  if (inside === '' || (await host.platform.files.list(inside)).length > 0 || (await host.platform.files.stat(inside))?.type === 'file') throw fatal(`destination path '${name}' already exists and is not an empty directory.`);
  if (inside.includes('/') || !/^[\w][\w.-]*$/.test(inside)) throw fatal(`could not create work tree dir '${name}': a clone lies right in the project's folder, and its name has letters, digits, '.', '-' and '_'`);
  return inside;
}

/** Makes the repository, brings everything, and lays the files of the remote's branch out; true when there was nothing to bring. */
async function bring(call: GitCall, url: string, wanted: string | undefined): Promise<boolean> {
  const { git } = call;
  await git.init();
  const text = writeSetting(await git.readConfig(), 'remote', 'origin', 'url', url);
  await git.writeConfig(writeSetting(text, 'remote', 'origin', 'fetch', '+refs/heads/*:refs/remotes/origin/*'));
  const { heads, head } = await fetchRefs(call, { name: 'origin', url }, { action: `clone: from ${url}`, tags: true });
  if (heads.size === 0) return true;
  const usual = head?.replace(/^refs\/heads\//, '');
  const branch = wanted ?? (usual !== undefined && heads.has(usual) ? usual : [...heads.keys()][0]!);
  const id = heads.get(branch);
  if (id === undefined) throw fatal(`Remote branch ${branch} not found in upstream origin`);
  await git.pointRef('HEAD', `refs/heads/${branch}`);
  await git.setRef(`refs/heads/${branch}`, id, `clone: from ${url}`);
  await git.reset(id, 'hard', `clone: from ${url}`);
  if (usual !== undefined && heads.has(usual)) await git.pointRef('refs/remotes/origin/HEAD', `refs/remotes/origin/${usual}`);
  await setUpstream(call, branch, 'origin', `refs/heads/${branch}`);
  await git.writeNote('FETCH_HEAD');
  return false;
}

/** The project's own git passes the folder over. */
async function exclude({ host: { platform } }: GitCall, folder: string): Promise<void> {
  const text = (await platform.files.stat(EXCLUDE)) ? new TextDecoder().decode(await platform.files.read(EXCLUDE)) : '';
  if (!text.split('\n').includes(`/${folder}/`)) await platform.files.write(EXCLUDE, `${text}/${folder}/\n`);
}
