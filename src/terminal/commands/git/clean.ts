import { fatal, readOptions } from '../../git/options.js';
import { isChosen, readPathspecs } from '../../git/pathspec.js';
import { removeFile } from '../../git/remove-file.js';
import { byBytes } from '../../git/sides.js';
import { ok, type Subcommand } from '../../git/subcommand.js';
import { foldFolders } from './status.js';

const SPEC = {
  usage: 'git clean [-d] [-f] [-n] [-q] [--] [<pathspec>...]',
  flags: { '-d': 'folders', '-f': 'force', '--force': 'force', '-n': 'dry', '--dry-run': 'dry', '-q': 'quiet', '--quiet': 'quiet' },
  refused: { '-x': 'ignored files hold data that DVC tracks; they stay', '-X': 'ignored files hold data that DVC tracks; they stay', '-i': 'look with -n, then remove with -f' },
};

/** `git clean`: removes files that git does not know, after `-n` has shown which. */
export const clean: Subcommand = {
  name: 'clean',
  summary: 'Remove untracked files from the working tree',
  async run(words, call) {
    const { flags, words: rest, paths } = readOptions(SPEC, words);
    if (!flags.has('force') && !flags.has('dry')) throw fatal('clean.requireForce defaults to true and neither -i, -n, nor -f given; refusing to clean');
    const specs = readPathspecs(call.prefix, [...rest, ...(paths ?? [])]);
    const here = call.prefix === '' ? '' : `${call.prefix}/`;
    const untracked = (await call.git.status()).filter((e) => e.unstaged === 'untracked' && e.path.startsWith(here) && isChosen(specs, e.path)).map((e) => e.path);
    const shown = foldFolders(untracked, [...(await call.git.treeAt('INDEX')).keys()], specs).filter((p) => flags.has('folders') || !p.endsWith('/')).sort(byBytes);
    const said = shown.map((p) => `${flags.has('dry') ? 'Would remove' : 'Removing'} ${p.slice(here.length)}\n`).join('');
    if (flags.has('dry') || shown.length === 0) return ok(said);
    await call.turn.begin(call.signal);
    for (const path of untracked.filter((p) => shown.some((s) => s === p || (s.endsWith('/') && p.startsWith(s))))) await removeFile(call.files, path);
    return ok(flags.has('quiet') ? '' : said);
  },
};
