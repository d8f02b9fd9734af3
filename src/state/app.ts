import { createContext } from 'svelte';
import type { I18n } from '../i18n/i18n.svelte.js';
import type { Clock } from './clock.svelte.js';
import type { Preferences } from './preferences.svelte.js';
import type { Project } from './project.svelte.js';
import type { Route } from './route.svelte.js';
import type { Updates } from './updates.svelte.js';
import type { Workbench } from './workbench.svelte.js';

/** What every panel may use; made once in `main.ts` and handed down by `App.svelte`. */
export interface App {
  readonly project: Project;
  readonly i18n: I18n;
  readonly route: Route;
  readonly preferences: Preferences;
  readonly workbench: Workbench;
  readonly updates: Updates;
  readonly clock: Clock;
}

const [get, set] = createContext<App>();

/** The app of this page; call while a component is being made. */
export const getApp = get;
export const setApp = set;
