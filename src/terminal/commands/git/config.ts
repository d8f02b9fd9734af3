import { readSetting, writeSetting } from '../../../core/version/git-config.js';
import { fatal, GitError, readOptions } from '../../git/options.js';
import { ok, type Subcommand } from '../../git/subcommand.js';

const SPEC = {
  usage: 'git config [--get] <name> [<value>]\n   or: git config --unset <name>',
  flags: { '--get': 'get', '--unset': 'unset', '--local': 'local' },
  refused: { '--global': 'there is one project here; leave --global out', '--system': 'there is one project here; leave --system out' },
};

/** Settings that can be made here, with what they may be; every other one of git's does nothing in this lab. */
const KNOWN: Readonly<Record<string, RegExp>> = { 'pull.rebase': /^(true|false)$/, 'pull.ff': /^(only|true)$/ };

/** `git config`, for the settings that the lab's git heeds. */
export const config: Subcommand = {
  name: 'config',
  summary: 'Get and set repository options',
  async run(words, { git, turn, signal }) {
    const { flags, words: [name, value, extra] } = readOptions(SPEC, words);
    if (name === undefined || extra !== undefined) throw new GitError(`usage: ${SPEC.usage}\n`, 129);
    const [, section, sub, key] = /^([\w-]+)(?:\.(.+))?\.([\w-]+)$/.exec(name) ?? [];
    if (section === undefined || key === undefined) throw new GitError(`error: key does not contain a section: ${name}`, 2);
    const text = await git.readConfig();
    if (value === undefined && !flags.has('unset')) {
      const found = readSetting(text, section.toLowerCase(), sub ?? '', key);
      return found === undefined ? { status: 1 } : ok(`${found}\n`);
    }
    const rule = KNOWN[name.toLowerCase()];
    if (!rule) throw fatal(`'${name}' has no effect in this lab; it heeds ${Object.keys(KNOWN).join(' and ')}`);
    if (value !== undefined && !rule.test(value)) throw fatal(`bad value '${value}' for ${name}`);
    await turn.begin(signal);
    await git.writeConfig(writeSetting(text, section.toLowerCase(), '', key, flags.has('unset') ? undefined : value));
    return ok();
  },
};
