import { makeFolders, statOf, writeFileDeep } from './promises-fs.js';
import type { Repository } from './repository.js';

const CONFIG = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n';
const BARE_CONFIG = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n';
const DESCRIPTION = "Unnamed repository; edit this file 'description' to name the repository.\n";
const EXCLUDE = `# git ls-files --others --exclude-from=.git/info/exclude
# Lines that start with '#' are comments.
/.dvc/cache/
/.dvc/tmp/
`;
const FOLDERS = ['hooks', 'info', 'objects/info', 'objects/pack', 'refs/heads', 'refs/tags'];

/** Makes `.git` with the branch `main`; does nothing when there is one. The data cache is excluded from git from the start. */
export async function initRepository({ fs, gitdir }: Repository): Promise<void> {
  if ((await statOf(fs, `${gitdir}/HEAD`)) !== undefined) return;
  for (const folder of FOLDERS) await makeFolders(fs, `${gitdir}/${folder}`);
  await writeFileDeep(fs, `${gitdir}/config`, CONFIG);
  await writeFileDeep(fs, `${gitdir}/description`, DESCRIPTION);
  await writeFileDeep(fs, `${gitdir}/info/exclude`, EXCLUDE);
  await writeFileDeep(fs, `${gitdir}/HEAD`, 'ref: refs/heads/main\n');
}

/** Makes a bare repository with the branch `main`; does nothing when there is one. */
export async function initBare({ fs, gitdir }: Repository): Promise<void> {
  if ((await statOf(fs, `${gitdir}/HEAD`)) !== undefined) return;
  for (const folder of FOLDERS.filter((f) => f !== 'hooks' && f !== 'info')) await makeFolders(fs, `${gitdir}/${folder}`);
  await writeFileDeep(fs, `${gitdir}/config`, BARE_CONFIG);
  await writeFileDeep(fs, `${gitdir}/HEAD`, 'ref: refs/heads/main\n');
}
