import { PROJECT } from '../../paths.js';
import { readOptions } from '../../git/options.js';
import { ok, type Subcommand } from '../../git/subcommand.js';

/** `git init`: makes the repository when it is missing. */
export const init: Subcommand = {
  name: 'init',
  summary: 'Create an empty Git repository or reinitialize an existing one',
  async run(words, { git, turn, signal }) {
    readOptions({ usage: 'git init [-q | --quiet]', flags: { '-q': 'quiet', '--quiet': 'quiet' } }, words);
    const known = await git.isRepository();
    if (!known) {
      await turn.begin(signal);
      await git.init();
    }
    return ok(`${known ? 'Reinitialized existing' : 'Initialized empty'} Git repository in ${PROJECT}/.git/\n`);
  },
};
