import { LabError } from '../../core/lab-error.js';
import { writeSetting } from '../../core/version/git-config.js';
import type { GitRemote } from '../../lab/remote-port.js';
import { readRemotes, type KnownRemote } from '../../lab/team/tracking.js';
import { fatal, GitError } from './options.js';
import type { GitCall } from './subcommand.js';

const RIGHTS = '\n\nPlease make sure you have the correct access rights\nand the repository exists.';

/** A remote by its name, or an address as it was typed; throws git's words for what is neither. */
export async function findRemote({ git }: GitCall, word: string): Promise<KnownRemote> {
  const found = (await readRemotes(git)).find((remote) => remote.name === word);
  if (found) return found;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return { name: word, url: word };
  throw fatal(`'${word}' does not appear to be a git repository\nfatal: Could not read from remote repository.${RIGHTS}`);
}

/** Works with another repository; asks for a name and a password when it wants them, and keeps them only in memory. Failures get git's words. */
export async function withRemote<T>(call: GitCall, url: string, work: (remote: GitRemote) => Promise<T>): Promise<T> {
  const { logins } = call.host;
  const open = (credentials = logins?.known(url)): Promise<T> => {
    const remote = call.git.openRemote(url, { signal: call.signal, said: (text) => call.show(`remote: ${text}`), ...(credentials ? { credentials } : {}) });
    return work(remote);
  };
  try {
    return await open().catch(async (cause: unknown) => {
      const wanted = cause instanceof LabError && cause.code === 'remote-login';
      if (!wanted || !logins) throw cause;
      if (cause.data['given'] === true) logins.forget(url);
      const given = await logins.ask(url, call.signal);
      if (!given) throw cause;
      return open(given).then(
        (result) => (logins.keep(url, given), result),
        (again: unknown) => {
          throw again;
        },
      );
    });
  } catch (cause) {
    throw explainRemote(cause, url);
  }
}

/** Git's words for what goes wrong at a remote; other failures keep their own. */
function explainRemote(cause: unknown, url: string): unknown {
  if (!(cause instanceof LabError)) return cause;
  const access = (what: string): GitError => fatal(`unable to access '${url}/': ${what}`);
  const reason = String(cause.data['reason'] ?? '');
  switch (cause.code) {
    case 'remote-missing':
      return url.startsWith('lab://') ? fatal(`'${url}' does not appear to be a git repository\nfatal: Could not read from remote repository.${RIGHTS}`) : fatal(`repository '${url}/' not found`);
    case 'remote-login':
      return cause.data['given'] === true ? fatal(`Authentication failed for '${url}/'`) : fatal(`could not read Username for '${new URL(url).origin}': terminal prompts disabled`);
    case 'remote-forbidden':
      return access('The requested URL returned error: 403');
    case 'remote-status':
      return access(`The requested URL returned error: ${String(cause.data['status'])}`);
    case 'remote-unreachable':
      return access(`it is gone, or does not let a page of another origin ask it (${reason})`);
    case 'remote-not-git':
      return fatal(`${url}/info/refs not valid: is this a git repository?`);
    case 'remote-cut-off':
      return new GitError(`error: RPC failed; the answer was cut short\nfatal: the remote end hung up unexpectedly`, 128);
    case 'remote-says':
      return fatal(`remote error: ${String(cause.data['message'])}`);
    case 'remote-broken':
      return new GitError(`error: what the remote sent is not whole (${reason})\nfatal: nothing of it was kept`, 128);
    case 'remote-moved':
      return access(`it sends on to ${String(cause.data['to'])}; use that address`);
    case 'remote-password-in-address':
      return fatal(`a password in an address would be kept in .git/config; leave it out, and you are asked for it`);
    case 'remote-bad-address':
      return fatal(`'${url}' cannot be reached from here: an address is lab://<name> or https://<host>/<path>`);
    default:
      return cause;
  }
}

/** Writes what a branch follows into `.git/config`, as `git branch --set-upstream-to` does. */
export async function setUpstream({ git }: GitCall, branch: string, remote: string | undefined, merge: string | undefined): Promise<void> {
  const config = writeSetting(await git.readConfig(), 'branch', branch, 'remote', remote);
  await git.writeConfig(writeSetting(config, 'branch', branch, 'merge', merge));
}

/** Refuses an address that must not be written down. */
export function checkAddress(call: GitCall, url: string): void {
  try {
    call.git.openRemote(url);
  } catch (cause) {
    throw explainRemote(cause, url);
  }
}
