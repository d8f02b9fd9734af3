import git from 'isomorphic-git';
import { readText } from './promises-fs.js';
import { isomorphic, type Repository } from './repository.js';

/** Answers by the rules that hold in a folder (texts of the ignore files on the way) and the path. */
type Answers = Map<string, Map<string, boolean>>;
const remembered = new WeakMap<Repository, Answers>();
const MOST_ANSWERS = 20_000;

/** Tells whether `.gitignore` files or `.git/info/exclude` leave a path out (a folder's ends in `/`). The files are read once; answers are remembered while their texts stay the same. */
export function ignoreRules(repo: Repository): (path: string) => Promise<boolean> {
  const known = remembered.get(repo) ?? new Map<string, Map<string, boolean>>();
  remembered.set(repo, known);
  const rules = new Map<string, Promise<string>>();
  const textOf = async (file: string): Promise<string> => (await readText(repo.fs, file)) ?? '';
  const rulesIn = (folder: string): Promise<string> => {
    const found = rules.get(folder) ?? readRules(folder);
    rules.set(folder, found);
    return found;
  };
  const readRules = async (folder: string): Promise<string> => {
    if (folder === '') return `${await textOf(`${repo.gitdir}/info/exclude`)}\0${await textOf(`${repo.dir}/.gitignore`)}`;
    const above = await rulesIn(folder.slice(0, Math.max(0, folder.lastIndexOf('/'))));
    return `${above}\0${await textOf(`${repo.dir}/${folder}/.gitignore`)}`;
  };
  return async (path) => {
    const place = path.replace(/\/$/, '');
    const text = await rulesIn(place.slice(0, Math.max(0, place.lastIndexOf('/'))));
    const answers = known.get(text) ?? new Map<string, boolean>();
    const answer = answers.get(path) ?? (await git.isIgnored({ ...isomorphic(repo), filepath: path }));
    if (answers.size >= MOST_ANSWERS) answers.clear();
    if (!known.has(text) && known.size >= MOST_ANSWERS / 100) known.clear();
    known.set(text, answers.set(path, answer));
    return answer;
  };
}
