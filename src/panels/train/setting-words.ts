import type { Configuration } from '../../core/automl/search-space.js';

/** A configuration as flags would say it, such as `maxDepth=4 minRowsLeaf=20`. */
export const settingWords = (configuration: Configuration): string => Object.entries(configuration).map(([key, value]) => `${key}=${value}`).join(' ');
