import { readPipeline } from '../../../lab/project/pipeline-file.js';
import type { DvcSubcommand } from './subcommand.js';
import { showDiff } from './value-diff.js';

const USAGE = 'dvc params diff [--all] [--deps] [--json] [--md] [a_rev] [b_rev]';

/** `dvc params diff`: parameters that differ (HEAD against the working tree, or two revisions); `--deps`: only those that stages depend on. */
export const params: DvcSubcommand = {
  name: 'params',
  usage: USAGE,
  summary: 'Show changes in params between commits in the DVC repository, or between a commit and the workspace',
  flags: ['--all', '--deps', '--json', '--md', '--no-path'],
  async run([act, ...words], flags, { host: { platform } }) {
    if (act !== 'diff') return { err: `usage: ${USAGE}\n`, status: 254 };
    const hasPipeline = (await platform.files.stat('dvc.yaml')) !== undefined;
    const wanted = hasPipeline ? [...(await readPipeline(platform)).graph.stages.values()].flatMap((stage) => stage.params) : [];
    const paths = [...new Set(['params.yaml', ...wanted.map(({ file }) => file)])];
    const depends = (path: string, name: string): boolean => wanted.some(({ file, keys }) => file === path && (keys.length === 0 || keys.some((key) => name === key || name.startsWith(`${key}.`))));
    return { out: await showDiff(platform, paths, words, flags, 'Param', flags.has('--deps') ? depends : undefined), status: 0 };
  },
};
