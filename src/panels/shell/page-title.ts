import type { FirstMessages } from '../../i18n/first.en.js';
import type { Place } from '../../state/route.svelte.js';

/** The title of the browser's tab at a place. */
export function titleOf(place: Place, shell: FirstMessages['shell']): string {
  const names: Readonly<Record<Place['name'], string | undefined>> = {
    home: undefined,
    lesson: shell.lesson,
    stage: place.name === 'stage' ? shell.stages[place.stage] : undefined,
    lessons: shell.pages.lessons,
    datasets: shell.pages.datasets,
    pipeline: shell.pages.pipeline,
    runs: shell.pages.runs,
    history: shell.pages.history,
    team: shell.pages.team,
    editor: place.name === 'editor' && place.path ? place.path.split('/').at(-1) : shell.pages.editor,
    project: shell.pages.project,
    'not-found': shell.notFoundTitle,
  };
  return [names[place.name], shell.name].filter(Boolean).join(' · ');
}
