import { createContext } from 'svelte';
import type { I18n } from './i18n.svelte.js';

const [get, set] = createContext<I18n>();

/** The page's language, for components that know only their props. */
export const getI18n = get;
export const setI18n = set;
