import { STAGES, type Stage } from '../lab/views/snapshot.js';

/** Parts of the page of runs beside its table: some runs side by side, one run, all hyperparameters. */
export type RunsView = 'compare' | 'run' | 'hparams';

/** A place in the lab; every one has an address after `#`. */
export type Place =
  | { readonly name: 'home' }
  | { readonly name: 'stage'; readonly stage: Stage; readonly tab?: string }
  | { readonly name: 'lesson'; readonly lesson: string; readonly step: number }
  | { readonly name: 'lessons' }
  | { readonly name: 'datasets'; readonly dataset?: string }
  | { readonly name: 'pipeline' }
  | { readonly name: 'runs'; readonly view?: RunsView; readonly runs?: readonly string[]; readonly filter?: string }
  /** The journal, or the graph of commits with one of them open. */
  | { readonly name: 'history'; readonly tab?: 'commits'; readonly commit?: string }
  | { readonly name: 'team' }
  /** `path` of a file of the project, such as `src/train.ts`. */
  | { readonly name: 'editor'; readonly path?: string }
  | { readonly name: 'project' }
  | { readonly name: 'not-found'; readonly address: string };

const isStage = (word: string | undefined): word is Stage => STAGES.some((stage) => stage === word);

/** Reads `location.hash`; an unknown address becomes `not-found` and never throws. */
export function parsePlace(hash: string): Place {
  const address = hash.replace(/^#?\/?/, '').replace(/\/$/, '');
  const lost: Place = { name: 'not-found', address };
  const [path, query] = address.startsWith('runs') ? address.split(/\?(.*)/s, 2) as [string, string?] : [address];
  const [head, ...rest] = decodeWords(path);
  if (head === '' || head === undefined) return { name: 'home' };
  if (head === 'stage' && isStage(rest[0]) && rest.length <= 2) return { name: 'stage', stage: rest[0], tab: rest[1] };
  if (head === 'lesson' && rest[0] && rest.length <= 2) return lessonPlace(rest[0], rest[1] ?? '0') ?? lost;
  if (head === 'datasets' && rest.length <= 1) return { name: 'datasets', dataset: rest[0] };
  if (head === 'runs') return runsPlace(rest, query) ?? lost;
  if (head === 'editor') return { name: 'editor', path: rest.length > 0 ? rest.join('/') : undefined };
  if (head === 'history') return historyPlace(rest) ?? lost;
  if ((head === 'lessons' || head === 'pipeline' || head === 'team' || head === 'project') && rest.length === 0) return { name: head };
  return lost;
}

function historyPlace([tab, commit, ...more]: readonly string[]): Place | undefined {
  if (tab === undefined) return { name: 'history' };
  if (tab !== 'commits' || more.length > 0 || (commit !== undefined && !/^[0-9a-f]{4,40}$/.test(commit))) return undefined;
  return { name: 'history', tab, ...(commit === undefined ? {} : { commit }) };
}

function lessonPlace(lesson: string, step: string): Place | undefined {
  return /^\d{1,3}$/.test(step) ? { name: 'lesson', lesson, step: Number(step) } : undefined;
}

/** `runs`, `runs/hparams`, `runs/run/<id>` or `runs/compare/<id>,<id>`, each with `?filter=…`. */
function runsPlace([view, ids, ...more]: readonly string[], query = ''): Place | undefined {
  const filter = new URLSearchParams(query).get('filter') ?? undefined;
  const kept = filter ? { filter } : {};
  if (view === undefined) return { name: 'runs', ...kept };
  if (view === 'hparams' && ids === undefined) return { name: 'runs', view, ...kept };
  const runs = ids?.split(',').filter((id) => /^[0-9a-f]{4,32}$/.test(id)) ?? [];
  if (more.length > 0 || runs.length !== ids?.split(',').length) return undefined;
  if (view === 'run' && runs.length === 1) return { name: 'runs', view, runs, ...kept };
  return view === 'compare' ? { name: 'runs', view, runs, ...kept } : undefined;
}

function decodeWords(address: string): string[] {
  try {
    return address.split('/').map(decodeURIComponent);
  } catch {
    return [address];
  }
}

function wordsOf(place: Place): readonly (string | undefined)[] {
  switch (place.name) {
    case 'home':
      return [];
    case 'stage':
      return ['stage', place.stage, place.tab];
    case 'lesson':
      return ['lesson', place.lesson, String(place.step)];
    case 'history':
      return ['history', place.tab, place.commit];
    case 'datasets':
      return ['datasets', place.dataset];
    case 'runs':
      return ['runs', place.view, place.runs?.join(',')];
    case 'editor':
      return ['editor', ...(place.path?.split('/') ?? [])];
    case 'not-found':
      return [place.address];
    default:
      return [place.name];
  }
}

/** The address of a place, such as `#/stage/train`. */
export function hrefOf(place: Place): string {
  const words = wordsOf(place).filter((word) => word !== undefined);
  const query = place.name === 'runs' && place.filter ? `?filter=${encodeURIComponent(place.filter)}` : '';
  return `#/${words.map((word) => encodeURIComponent(word).replaceAll('%2C', ',')).join('/')}${query}`;
}

export const stageHref = (stage: Stage, tab?: string): string => hrefOf({ name: 'stage', stage, tab });
export const editorHref = (path?: string): string => hrefOf({ name: 'editor', path });
export const runHref = (id: string): string => hrefOf({ name: 'runs', view: 'run', runs: [id.slice(0, 12)] });
export const lessonHref = (lesson: string, step = 0): string => hrefOf({ name: 'lesson', lesson, step });

/** Where the learner is. */
export class Route {
  place = $state.raw<Place>({ name: 'home' });

  /** Follows the window's address; gives a function that stops it. */
  follow(target: Window): () => void {
    const read = () => (this.place = parsePlace(target.location.hash));
    read();
    target.addEventListener('hashchange', read);
    return () => target.removeEventListener('hashchange', read);
  }

  /** Goes to a place, with an entry in the browser's history unless `replace`. */
  go(place: Place, options: { replace?: boolean } = {}): void {
    if (options.replace) location.replace(hrefOf(place));
    else location.hash = hrefOf(place);
  }
}
