import { readPipeline } from '../../../lab/project/pipeline-file.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc dag --md` and `dvc dag --dot`: the graph as Mermaid or DOT. */
export const dag: DvcSubcommand = {
  name: 'dag',
  usage: 'dvc dag (--md | --dot)',
  summary: 'Write the graph of the stages as Mermaid (--md) or DOT (--dot)',
  flags: ['--md', '--mermaid', '--dot'],
  async run(_words, flags, { host }) {
    const { graph } = await readPipeline(host.platform);
    const names = [...graph.stages.keys()];
    const edges = [...graph.needs].flatMap(([name, needs]) => needs.map((needed) => [needed, name] as const));
    if (flags.has('--dot')) return { out: `strict digraph  {\n${names.map((name) => `"${name}";\n`).join('')}${edges.map(([a, b]) => `"${a}" -> "${b}";\n`).join('')}}\n`, status: 0 };
    if (flags.size === 0) return { err: 'ERROR: this terminal draws the graph as text for other tools only: use --md or --dot\n', status: 254 };
    const id = (name: string): string => `node${names.indexOf(name) + 1}`;
    const mermaid = ['flowchart TD', ...names.map((name) => `\t${id(name)}["${name}"]`), ...edges.map(([a, b]) => `\t${id(a)}-->${id(b)}`)].join('\n');
    return { out: `\`\`\`mermaid\n${mermaid}\n\`\`\`\n`, status: 0 };
  },
};
