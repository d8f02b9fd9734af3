import { GitError } from '../../git/options.js';
import { ok, type Subcommand } from '../../git/subcommand.js';

/** `git credential-cache exit`: forgets every name and password; they are only ever in memory. */
export const credentialCache: Subcommand = {
  name: 'credential-cache',
  summary: 'Forget the passwords that are kept in memory (with exit)',
  async run([act, ...rest], { host }) {
    if (act !== 'exit' || rest.length > 0) throw new GitError('usage: git credential-cache exit\n', 129);
    host.logins?.forgetAll();
    return ok();
  },
};
