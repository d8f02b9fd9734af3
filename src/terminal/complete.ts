import type { IFileSystem } from 'just-bash';
import type { ShellHost, TerminalCommand } from './command.js';
import { resolvePath } from './paths.js';

/** Words that may stand from `from` to the cursor; each ends in `/` (a folder) or is whole. */
export interface Completion {
  readonly from: number;
  readonly words: string[];
}

/** Where the cursor stands: the shell's folder, its files and its commands. */
export interface Place {
  readonly host: ShellHost;
  readonly fs: IFileSystem;
  readonly folder: string;
  readonly commands: readonly TerminalCommand[];
  readonly names: readonly string[];
}

/** Completes the word before the cursor: a command's name, what the command knows, or a file name. */
export async function completeLine(line: string, cursor: number, place: Place): Promise<Completion> {
  const before = line.slice(0, cursor);
  const from = wordStart(before);
  const typed = before.slice(from).replace(/\\(.)/g, '$1');
  const words = splitWords(before.slice(commandStart(before), from));
  const known = words.length === 0 ? (typed.includes('/') ? undefined : commandNames(place)) : await ask(place, words, typed);
  const fitting = [...new Set(known ?? [])].filter((w) => w.startsWith(typed)).sort();
  if (fitting.length > 0 || (known !== undefined && words.length === 0)) return { from, words: fitting };
  return { from, words: (await filesLike(place, typed)).map((w) => w.replace(/[\s'"\\$&|;<>()*?[\]!`]/g, '\\$&')) };
}

const commandNames = ({ names, commands }: Place): string[] => [...names, ...commands.map((c) => c.name)];

/** Start of the word under the cursor; a backslash keeps a space in it. */
function wordStart(text: string): number {
  for (let at = text.length; at > 0; at--) {
    if (/[\s|;&<>()]/.test(text[at - 1]!) && text[at - 2] !== '\\') return at;
  }
  return 0;
}

/** Start of the command that the cursor is in: behind the last `|`, `;`, `&` or `(`. */
const commandStart = (text: string): number => Math.max(...['|', ';', '&', '('].map((mark) => text.lastIndexOf(mark))) + 1;

const splitWords = (text: string): string[] => text.split(/\s+/).filter((w) => w !== '' && !/^\w+=/.test(w));

async function ask({ commands, host }: Place, words: readonly string[], typed: string): Promise<readonly string[] | undefined> {
  const command = commands.find((c) => c.name === words[0]);
  return command?.complete?.([...words.slice(1), typed], host);
}

async function filesLike({ fs, folder }: Place, typed: string): Promise<string[]> {
  const slash = typed.lastIndexOf('/') + 1;
  const [head, tail] = [typed.slice(0, slash), typed.slice(slash)];
  const dir = resolvePath(folder, head === '' ? '.' : head.replace(/^~\//, '/home/learner/'));
  const names = await fs.readdir(dir).catch(() => []);
  const fitting = names.filter((n) => n.startsWith(tail) && (tail.startsWith('.') || !n.startsWith('.'))).sort();
  return Promise.all(fitting.map(async (n) => `${head}${n}${(await isFolder(fs, `${dir}/${n}`)) ? '/' : ''}`));
}

const isFolder = (fs: IFileSystem, path: string): Promise<boolean> => fs.stat(path).then((s) => s.isDirectory, () => false);
