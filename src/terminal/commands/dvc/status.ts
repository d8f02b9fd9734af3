import { findChanges, type StageChange } from '../../../core/pipeline/find-changes.js';
import { readPipeline, stateOf } from '../../../lab/project/pipeline-file.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc status`: what differs from the last run, stage by stage. */
export const status: DvcSubcommand = {
  name: 'status',
  usage: 'dvc status [targets ...]',
  summary: 'Show changed stages',
  flags: [],
  async run(words, _flags, { host: { platform } }) {
    const { graph, locked } = await readPipeline(platform);
    let out = '';
    for (const [name, stage] of graph.stages) {
      if (words.length > 0 && !words.includes(name)) continue;
      const changes = findChanges(stage, locked[name], await stateOf(platform, stage, locked[name]));
      if (changes.length > 0) out += `${name}:\n${section('deps', changes)}${section('outs', changes)}${bare(changes)}`;
    }
    return { out: out === '' ? 'Data and pipelines are up to date.\n' : out, status: 0 };
  },
};

const entry = (depth: number, state: string, name: string): string => `${'\t'.repeat(depth)}${`${state}:`.padEnd(20)}${name}\n`;

function section(kind: 'deps' | 'outs', changes: readonly StageChange[]): string {
  const files = changes.flatMap((change) => (change.kind === (kind === 'deps' ? 'dep' : 'out') ? [change] : [])) as Extract<StageChange, { path: string }>[];
  const params = kind === 'outs' ? [] : changes.flatMap((change) => (change.kind === 'param' ? [change] : []));
  const byFile = [...new Set(params.map(({ file }) => file))];
  const lines = [
    ...files.map(({ state, path }) => entry(2, state, path)),
    ...byFile.map((file) => `\t\t${file}:\n${params.filter((p) => p.file === file).map(({ state, key }) => entry(3, state, key)).join('')}`),
  ];
  return lines.length === 0 ? '' : `\tchanged ${kind}:\n${lines.join('')}`;
}

const bare = (changes: readonly StageChange[]): string =>
  changes.map(({ kind }) => (kind === 'command' ? '\tchanged command\n' : kind === 'always' ? '\talways changed\n' : '')).join('');
