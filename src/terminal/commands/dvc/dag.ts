import { readPipeline } from '../../../lab/project/pipeline-file.js';
import { trackedOuts } from '../../../lab/project/tracked-outs.js';
import { drawGraph } from './draw-graph.js';
import type { DvcSubcommand } from './subcommand.js';

/** `dvc dag`: the graph of stages and tracked data, drawn, or as Mermaid or DOT. */
export const dag: DvcSubcommand = {
  name: 'dag',
  usage: 'dvc dag [--md | --dot]',
  summary: 'Visualize DVC project DAG',
  flags: ['--md', '--mermaid', '--dot'],
  async run(_words, flags, { host: { platform } }) {
    const { graph } = await readPipeline(platform);
    const pointers = (await trackedOuts(platform)).filter(({ owner }) => owner.endsWith('.dvc'));
    const names = [...graph.stages.keys(), ...pointers.map(({ owner }) => owner)];
    const edges = [
      ...[...graph.needs].flatMap(([name, needs]) => needs.map((needed) => [needed, name] as const)),
      ...pointers.flatMap(({ path, owner }) => [...graph.stages.values()].filter(({ deps }) => deps.some((dep) => dep === path || dep.startsWith(`${path}/`))).map(({ name }) => [owner, name] as const)),
    ];
    if (flags.has('--dot')) return { out: `strict digraph  {\n${names.map((name) => `"${name}";\n`).join('')}${edges.map(([a, b]) => `"${a}" -> "${b}";\n`).join('')}}\n`, status: 0 };
    if (!flags.has('--md', '--mermaid')) return { out: drawGraph(names, edges), status: 0 };
    const id = (name: string): string => `node${names.indexOf(name) + 1}`;
    const mermaid = ['flowchart TD', ...names.map((name) => `\t${id(name)}["${name}"]`), ...edges.map(([a, b]) => `\t${id(a)}-->${id(b)}`)].join('\n');
    return { out: flags.has('--md') ? `\`\`\`mermaid\n${mermaid}\n\`\`\`\n` : `${mermaid}\n`, status: 0 };
  },
};
