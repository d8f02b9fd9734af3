import type { BoardRun } from '../../lab/views/board-views.js';
import { greaterIsBetter } from '../model-words/metric-words.js';
import { namesIn } from './quantities.js';

/** One value of several runs side by side; `best` is the place of the best one where it can be told. */
export interface SideRow {
  readonly key: string;
  readonly values: readonly (string | number | undefined)[];
  readonly differs: boolean;
  readonly best?: number;
}

/** Facts, parameters and metrics of runs, each as a row. */
export function sideRows(runs: readonly BoardRun[]): SideRow[] {
  const row = (key: string, of: (run: BoardRun) => string | number | undefined): SideRow => {
    const values = runs.map(of);
    return { key, values, differs: new Set(values).size > 1 };
  };
  return [
    row('attributes.status', ({ ended }) => ended),
    row('params.model', ({ model }) => model),
    ...namesIn(runs.map(({ params }) => params)).map((name) => row(`params.${name}`, ({ params }) => params[name])),
    ...namesIn(runs.map(({ metrics }) => metrics)).map((name) => withBest(row(`metrics.${name}`, ({ metrics }) => metrics[name]), name)),
    row('dataset.digest', ({ dataDigest }) => dataDigest),
    row('tags.prepared', ({ preparedDigest }) => preparedDigest),
    row('tags.backend', ({ backend }) => backend),
    row('tags.mlflow.source.git.commit', ({ commit }) => commit),
    ...namesIn(runs.map(({ ownTags, tags }) => Object.fromEntries(ownTags.map((key) => [key, tags[key]])))).map((key) => row(`tags.${key}`, ({ tags }) => tags[key])),
  ];
}

const COUNTS = /(^|\.)(rows|bias)$/;

/** The best of the scores; none where all are alike, or where more or less is neither better nor worse. */
function withBest(row: SideRow, name: string): SideRow {
  const metric = name.slice(name.indexOf('.') + 1);
  if (!row.differs || COUNTS.test(name)) return row;
  const sign = greaterIsBetter(metric) ? 1 : -1;
  const scores = row.values.map((value) => (typeof value === 'number' && Number.isFinite(value) ? sign * value : -Infinity));
  const most = Math.max(...scores);
  return most === -Infinity || scores.filter((score) => score === most).length > 1 ? row : { ...row, best: scores.indexOf(most) };
}
