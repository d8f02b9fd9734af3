import { STAGES } from '../../../lab/views/snapshot.js';
import type { LabRead } from '../../lab-read.js';
import { shortNumber } from '../../text-table.js';

/** `lab status`: where the project stands, stage by stage. */
export const status: LabRead = {
  name: 'status',
  summary: 'where the project stands, stage by stage',
  flags: {},
  run: async (_args, { engine: { snapshot } }) => {
    const { data, prepared, runs, versions, services, monitors, world, journal, git } = snapshot;
    const facts: Record<string, string> = {
      data: data ? `${data.dataset}, ${data.rows} rows, ${data.columns} columns${data.to ? `, to ${data.to}` : ''}` : '',
      train: prepared ? `${prepared.target} from ${prepared.features} features; ${runs.length} run${runs.length === 1 ? '' : 's'}` : '',
      evaluate: runs.filter((r) => r.evaluated).map((r) => r.name).join(', '),
      register: versions.map((v) => `${v.model} ${v.version}${v.aliases.length > 0 ? ` (${v.aliases.join(', ')})` : ''}`).join(', '),
      deploy: services.map((s) => `${s.name} runs ${s.model} ${s.version}`).join(', '),
      monitor: monitors.map((m) => `${m.service}: ${m.metric} promised ${shortNumber(m.promise)}, now ${shortNumber(m.windows.at(-1)?.error)}`).join(', '),
      retire: versions.filter((v) => v.status === 'retired').map((v) => `${v.model} ${v.version}`).join(', '),
    };
    const lines = STAGES.map((stage) => `${stage.padEnd(10)}${snapshot.stages[stage].padEnd(11)}${facts[stage] ?? ''}`.trimEnd());
    const clock = world.now === undefined ? [] : [`clock     ${world.now}`];
    const head = git.commit === undefined ? [] : [`commit    ${git.commit.slice(0, 7)} ${git.subject ?? ''}`.trimEnd()];
    return { text: `${[...lines, ...clock, ...head, `journal   ${journal.length} steps`].join('\n')}\n`, status: 0 };
  },
};
