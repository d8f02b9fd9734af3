import { COLLEAGUE } from '../world/colleague/colleague.js';
import { readRemotes } from './team/tracking.js';
import { loadTeam, saveTeam, type TeamState } from './team/team-state.js';
import { defineVerb } from './verb.js';

const NAME = 'team';

/** Makes the repository that the learner and a colleague share; what is there stays. */
export const team = defineVerb({
  name: 'team',
  summary: 'share the project with a colleague, at lab://team',
  flags: {},
  async run({ platform }) {
    const known = await loadTeam(platform);
    const state: TeamState = known ?? { version: 1, name: NAME, pushes: 0, acts: [], reviews: [] };
    await platform.git.shared(state.name).create();
    if (!known) await saveTeam(platform, state);
    const url = `lab://${state.name}`;
    const remote = (await readRemotes(platform.git)).find((r) => r.url === url)?.name;
    const { branch = 'main' } = await platform.git.head();
    const next = remote === undefined ? [`next: git remote add origin ${url}`, `      git push -u origin ${branch}`] : [];
    return {
      result: state,
      lines: [`${known ? 'you share' : 'an empty repository was made:'} ${url}; ${COLLEAGUE.name} works on it too`, ...next],
      step: { object: { type: 'team', id: state.name } },
      ...(known ? {} : { final: 'shared' }),
    };
  },
});
