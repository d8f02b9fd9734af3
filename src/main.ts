import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import { chooseLocale, I18n } from './i18n/i18n.svelte.js';
import { Clock } from './state/clock.svelte.js';
import { askToPersist } from './platform/storage/ask-to-persist.js';
import { runInFrame } from './platform/sandbox/run-in-frame.js';
import { EngineClient } from './state/engine-client.js';
import { Preferences } from './state/preferences.svelte.js';
import { Project } from './state/project.svelte.js';
import { Route } from './state/route.svelte.js';
import { bridgeServing } from './state/serving-bridge.js';
import { Updates } from './state/updates.svelte.js';
import { Workbench } from './state/workbench.svelte.js';
import EngineWorker from './workers/engine.ts?worker';

/** `localStorage` where the browser allows it; private modes may throw on the very name. */
function openShelf(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

const preferences = new Preferences(openShelf());
const i18n = new I18n();
const project = new Project(new EngineClient(new EngineWorker()));
project.client.runFrame = runInFrame;
const route = new Route();
route.follow(window);
void project.open();
// Asked when there is something to keep: browsers weigh whether the site is used.
project.onSaved = () => void askToPersist();
const updates = new Updates(navigator.serviceWorker, () => location.reload());
if (navigator.serviceWorker) bridgeServing(navigator.serviceWorker, project.client, () => project.standing);
if (import.meta.env.PROD) void updates.register('./service-worker.js');
document.addEventListener('visibilitychange', () => void updates.check(Date.now()));
await i18n.use(chooseLocale(preferences.locale, navigator.languages));

mount(App, { target: document.getElementById('app')!, props: { app: { project, i18n, route, preferences, workbench: new Workbench(preferences), updates, clock: new Clock(project) } } });
