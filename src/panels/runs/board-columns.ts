import type { Messages } from '../../i18n/en.js';
import type { Format } from '../../i18n/format.js';
import type { BoardRun } from '../../lab/views/board-views.js';
import { modelName } from '../model-words/metric-words.js';
import { shortId } from '../model-words/short-names.js';
import { namesIn, quantitiesOf, tellingQuantities } from './quantities.js';

/** A column that can be chosen, and the heading it is chosen under. */
export interface BoardColumn {
  readonly group: 'facts' | 'params' | 'metrics' | 'tags';
  readonly key: string;
  readonly label: string;
  readonly numeric?: boolean;
  readonly code?: boolean;
  readonly text: (run: BoardRun) => string;
  readonly order: (run: BoardRun) => number | string;
}

/** Every column that these runs can have. */
export function boardColumns(runs: readonly BoardRun[], t: Messages, format: Format): BoardColumn[] {
  const b = t.board;
  const fact = (key: keyof typeof b.column, text: (run: BoardRun) => string, more: Partial<BoardColumn> = {}): BoardColumn => ({ key, group: 'facts', label: b.column[key], text, order: text, ...more });
  return [
    fact('name', ({ name }) => name),
    fact('model', ({ model }) => modelName(t, model)),
    fact('ended', ({ ended }) => b.ended[ended]),
    fact('started', ({ started }) => format.moment(started), { order: ({ started }) => started }),
    fact('took', ({ durationMs }) => (durationMs < 1000 ? b.milliseconds(format.whole(durationMs)) : format.duration(durationMs / 1000)), { numeric: true, order: ({ durationMs }) => durationMs }),
    ...namesIn(runs.map(({ params }) => params)).map((name): BoardColumn => ({ key: `params.${name}`, group: 'params', label: name, code: true, text: ({ params }) => params[name] ?? '', order: ({ params }) => numberOrText(params[name]) })),
    ...namesIn(runs.map(({ metrics }) => metrics)).map((name): BoardColumn => ({ key: `metrics.${name}`, group: 'metrics', label: name, numeric: true, text: ({ metrics }) => (metrics[name] === undefined ? '' : format.number(metrics[name])), order: ({ metrics }) => metrics[name] ?? NaN })),
    ...namesIn(runs.map(({ ownTags, tags }) => Object.fromEntries(ownTags.map((key) => [key, tags[key]])))).map((key): BoardColumn => ({ key: `tags.${key}`, group: 'tags', label: key, text: ({ ownTags, tags }) => (ownTags.includes(key) ? tags[key]! : ''), order: ({ tags }) => tags[key] ?? '' })),
    fact('note', ({ note = '' }) => note.replaceAll(/\s+/g, ' ').slice(0, 80)),
    fact('data', ({ dataDigest }) => shortId(dataDigest), { code: true }),
    fact('prepared', ({ preparedDigest }) => shortId(preparedDigest), { code: true }),
    fact('commit', ({ commit = '' }) => shortId(commit), { code: true }),
    fact('backend', ({ backend }) => backend),
    fact('environment', ({ environment }) => placeName(environment), { code: true }),
    fact('task', ({ task }) => task),
    fact('seed', ({ seed }) => String(seed), { numeric: true, order: ({ seed }) => seed }),
  ];
}

/** Columns shown at first: the facts that name a run, what tells the runs apart, and the main scores. */
export function firstColumns(runs: readonly BoardRun[], main: string): string[] {
  const telling = tellingQuantities(quantitiesOf(runs), runs, main, 5).map(({ key }) => key).filter((key) => key !== 'params.model');
  const notes = runs.some(({ note }) => note !== undefined) ? ['note'] : [];
  return ['name', 'model', 'ended', ...telling.filter((key) => key.startsWith('metrics.')), ...telling.filter((key) => key.startsWith('params.')), 'started', 'took', ...notes, 'data', 'commit'];
}

/** The browser or Node and its main version, from what the run recorded. */
export function placeName(environment: BoardRun['environment']): string {
  if (environment?.['node'] !== undefined) return `Node.js ${environment['node']}`;
  const agent = environment?.['browser'] ?? '';
  const [, name, version] = /(Firefox|Edg|Chrome|Version)\/(\d+)/.exec(agent) ?? [];
  if (name === undefined) return agent.slice(0, 24);
  return `${name === 'Version' ? 'Safari' : name === 'Edg' ? 'Edge' : name} ${version}`;
}

const numberOrText = (value: string | undefined): number | string => (value === undefined || value === '' ? '' : Number.isFinite(Number(value)) ? Number(value) : value);
