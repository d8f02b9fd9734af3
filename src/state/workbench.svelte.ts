import type { Stage } from '../lab/views/snapshot.js';
import type { Preferences } from './preferences.svelte.js';
import type { Place } from './route.svelte.js';

/** How the parts of the page stand: the lesson beside the panel, the terminal below, and which sheet a phone shows. */
export class Workbench {
  /** The panel that the lesson's step asks for; shown in the middle while the address is a lesson's. */
  stage = $state<Stage>();
  tab = $state<string>();
  terminalOpen = $state(false);
  sheet = $state<'lesson' | 'panel'>('panel');

  constructor(private readonly preferences: Preferences) {}

  get lesson(): { readonly id: string; readonly step: number } | undefined {
    return this.preferences.lesson;
  }

  /** Keeps the lesson open when the learner walks on to a stage. */
  arrive(place: Place): void {
    if (place.name === 'lesson') {
      if (this.preferences.lesson?.id !== place.lesson) this.stage = undefined;
      this.preferences.lesson = { id: place.lesson, step: place.step };
      this.sheet = 'lesson';
    } else {
      this.sheet = 'panel';
    }
  }

  /** Shows a stage's panel beside the lesson without leaving the lesson's address. */
  showStage(stage: Stage | undefined, tab?: string): void {
    this.stage = stage;
    this.tab = tab;
  }

  closeLesson(): void {
    this.preferences.lesson = undefined;
  }
}
