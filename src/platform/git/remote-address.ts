import { LabError } from '../../core/lab-error.js';
import type { GitRemote, RemoteOptions } from '../../lab/remote-port.js';
import { httpRemote } from './http/http-remote.js';
import { labRemote } from './lab-remote.js';
import { openBare, type Repository } from './repository.js';

/** A bare repository of the lab by its name, below the project's folder. Throws `remote-bad-address`. */
export function sharedAt(repo: Repository, home: string, name: string): Repository {
  if (!/^[A-Za-z0-9][\w-]{0,63}$/.test(name)) throw new LabError('remote-bad-address', { url: `lab://${name}` });
  return openBare(repo.fs, `${home}/.lab/remotes/${name}.git`, repo.author, repo.now);
}

/** Opens another repository by its address. Throws `remote-bad-address` {url}. */
export function openRemote(repo: Repository, home: string, url: string, options: RemoteOptions): GitRemote {
  const [, name] = /^lab:\/\/([^/]+?)\/?$/.exec(url) ?? [];
  if (name !== undefined) return labRemote(repo, sharedAt(repo, home, name.replace(/\.git$/, '')), url);
  return httpRemote(repo, httpAddress(url), options);
}

/** An address of smart HTTP without what must not be kept. Throws `remote-bad-address`, `remote-password-in-address`. */
function httpAddress(url: string): string {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    throw new LabError('remote-bad-address', { url });
  }
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
  if (address.protocol !== 'https:' && !(address.protocol === 'http:' && isLocal)) throw new LabError('remote-bad-address', { url });
  if (address.password !== '') throw new LabError('remote-password-in-address', { url: `${address.protocol}//${address.host}${address.pathname}` });
  address.username = '';
  [address.search, address.hash] = ['', ''];
  return address.href.replace(/\/+$/, '');
}
