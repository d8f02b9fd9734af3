import type { DvcSubcommand } from './subcommand.js';

const FILES: Readonly<Record<string, string>> = {
  '.dvc/config': '',
  '.dvc/.gitignore': '/config.local\n/tmp\n/cache\n',
  '.dvcignore': '# Add patterns of files dvc should ignore, which could improve\n# the performance. Learn more at\n# https://dvc.org/doc/user-guide/dvcignore\n',
};

/** `dvc init`: DVC's own files, staged for git. A project of the lab has them from the start, as after `dvc init`. */
export const init: DvcSubcommand = {
  name: 'init',
  usage: 'dvc init [-f]',
  summary: 'Initialize DVC in the current directory',
  flags: ['-f', '--force', '-q', '--quiet'],
  async run(_words, flags, { host: { platform }, turn, signal }) {
    if ((await platform.files.stat('.dvc/config')) && !flags.has('-f', '--force')) {
      return { err: "ERROR: failed to initiate DVC - '.dvc' exists. Use `-f` to force.\n", status: 255 };
    }
    await turn.begin(signal);
    for (const [path, text] of Object.entries(FILES)) await platform.files.write(path, text);
    await platform.git.add(Object.keys(FILES));
    return { out: flags.has('-q', '--quiet') ? '' : 'Initialized DVC repository.\n\nYou can now commit the changes to git.\n', status: 0 };
  },
};
