import Activity from '@lucide/svelte/icons/activity';
import Archive from '@lucide/svelte/icons/archive';
import Brain from '@lucide/svelte/icons/brain';
import Database from '@lucide/svelte/icons/database';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Rocket from '@lucide/svelte/icons/rocket';
import Scale from '@lucide/svelte/icons/scale';
import Tag from '@lucide/svelte/icons/tag';
import type { Stage } from '../../lab/views/snapshot.js';

/** The icon of each station. */
export const STAGE_ICONS: Readonly<Record<Stage, typeof Activity>> = {
  data: Database,
  train: Brain,
  evaluate: Scale,
  register: Tag,
  deploy: Rocket,
  monitor: Activity,
  retrain: RefreshCw,
  retire: Archive,
};
