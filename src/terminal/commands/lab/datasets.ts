import type { DatasetFacts } from '../../../core/table/dataset-facts.js';
import type { LabRead } from '../../lab-read.js';
import { textTable } from '../../text-table.js';

/** `lab datasets`: the shipped data sets that `lab collect --dataset` takes. */
export const datasets: LabRead = {
  name: 'datasets',
  summary: 'the shipped data sets that collect takes',
  flags: {},
  run: async (_args, { engine }) => {
    const all = (await engine.view('datasets', {})) as readonly DatasetFacts[];
    const rows = all.map((d) => [d.id, String(d.rows), String(d.columns.length), d.live ? 'live' : '', d.licence.split(' (')[0]!]);
    return { text: textTable(['dataset', 'rows', 'columns', 'source', 'licence'], rows), status: 0 };
  },
};
