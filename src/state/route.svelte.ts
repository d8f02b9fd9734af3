import { STAGES, type Stage } from '../lab/views/snapshot.js';

/** A place in the lab; every one has an address after `#`. */
export type Place =
  | { readonly name: 'home' }
  | { readonly name: 'stage'; readonly stage: Stage; readonly tab?: string }
  | { readonly name: 'lesson'; readonly lesson: string; readonly step: number }
  | { readonly name: 'lessons' }
  | { readonly name: 'datasets'; readonly dataset?: string }
  | { readonly name: 'pipeline' }
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
  const [head, ...rest] = decodeWords(address);
  if (head === '' || head === undefined) return { name: 'home' };
  if (head === 'stage' && isStage(rest[0]) && rest.length <= 2) return { name: 'stage', stage: rest[0], tab: rest[1] };
  if (head === 'lesson' && rest[0] && rest.length <= 2) return lessonPlace(rest[0], rest[1] ?? '0') ?? lost;
  if (head === 'datasets' && rest.length <= 1) return { name: 'datasets', dataset: rest[0] };
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
  return `#/${words.map(encodeURIComponent).join('/')}`;
}

export const stageHref = (stage: Stage, tab?: string): string => hrefOf({ name: 'stage', stage, tab });
export const editorHref = (path?: string): string => hrefOf({ name: 'editor', path });
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
