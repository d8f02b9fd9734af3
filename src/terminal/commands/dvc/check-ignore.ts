import { DvcIgnore } from '../../../lab/project/dvc-ignore.js';
import { projectPath } from './project-path.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc check-ignore`: which of the paths `.dvcignore` leaves out, and with `-d` by which pattern. */
export const checkIgnore: DvcSubcommand = {
  name: 'check-ignore',
  usage: 'dvc check-ignore [-d] targets [targets ...]',
  summary: 'Check whether files or directories are excluded due to .dvcignore',
  flags: ['-d', '--details', '-q', '--quiet'],
  async run(words, flags, { folder, host: { platform } }) {
    if (words.length === 0) return { err: 'usage: dvc check-ignore [-d] targets [targets ...]\ndvc: error: the following arguments are required: targets\n', status: 254 };
    const ignore = await DvcIgnore.open(platform);
    const found: string[] = [];
    for (const word of words) {
      const path = projectPath(folder, word);
      const rule = ignore.reasonOf(path, (await platform.files.stat(path))?.type === 'directory' || word.endsWith('/'));
      if (rule !== undefined) found.push(flags.has('-d', '--details') ? `${rule}\t${word}` : word);
    }
    return { out: flags.has('-q', '--quiet') || found.length === 0 ? '' : `${found.join('\n')}\n`, status: found.length > 0 ? 0 : 1 };
  },
};
