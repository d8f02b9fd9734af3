import type { Messages } from '../../i18n/en.js';
import type { Apart } from '../../lab/team/tracking.js';

/** How far two branches are apart, in words. */
export function standingWords({ ahead, behind }: Apart, t: Messages['team']): string {
  if (ahead === 0 && behind === 0) return t.alike;
  return [ahead > 0 ? t.ahead(ahead) : '', behind > 0 ? t.behind(behind) : ''].filter((part) => part !== '').join(' · ');
}
