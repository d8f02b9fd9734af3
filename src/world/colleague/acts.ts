import { clashingValue } from './clashing-value.js';
import type { ColleagueAct, ColleagueCommit, TextFiles } from './colleague.js';

const one = (message: string, path: string, text: string): ColleagueCommit => ({ message, changes: new Map([[path, text]]) });

const AGREEMENT = `
## Working together

- Fetch before you start, and push small commits.
- A changed parameter comes with the metrics that it gave.
- Data go to DVC, not to git.
`;

/** First day: the README says how the two work together. */
const writeAgreement: ColleagueAct = {
  id: 'agreement',
  moment: 'after',
  push: 1,
  edit({ main }) {
    const readme = main.get('README.md') ?? '# Our model\n';
    return readme.includes('## Working together') ? undefined : one('Say in the README how we work together', 'README.md', `${readme.trimEnd()}\n${AGREEMENT}`);
  },
};

/** Watches a service more closely; without one, says at the head of a stage what it is for. */
const tendCode: ColleagueAct = {
  id: 'tend',
  moment: 'after',
  push: 2,
  edit: ({ main }) => tightenMonitor(main) ?? describeStage(main) ?? listFiles(main),
};

/** Tries another value for the very setting that the learner is about to push: the true conflict. */
const tryValue: ColleagueAct = {
  id: 'clash',
  moment: 'before',
  push: 3,
  edit({ main, incoming }) {
    const [mine, theirs] = [main.get('params.yaml'), incoming?.get('params.yaml')];
    const clash = mine === undefined || theirs === undefined ? undefined : clashingValue(mine, theirs);
    return clash && one(`Try ${clash.key} = ${clash.value}`, 'params.yaml', clash.text);
  },
};

/** Later: a stage, or the list of files, whichever was not done before. */
const describe: ColleagueAct = {
  id: 'describe',
  moment: 'after',
  push: 4,
  edit: ({ main }) => describeStage(main) ?? listFiles(main),
};

function describeStage(main: TextFiles): ColleagueCommit | undefined {
  const path = [...main.keys()].filter((p) => /^src\/[^/]+\.ts$/.test(p)).sort()[0];
  const text = path === undefined ? undefined : main.get(path)!;
  if (path === undefined || text === undefined || text.startsWith('/**')) return undefined;
  const name = path.slice('src/'.length, -'.ts'.length);
  return one(`Say what the stage ${name} is for`, path, `/** Stage ${name} of dvc.yaml. What it reads and writes is declared there; nothing else reaches it. */\n${text}`);
}

function tightenMonitor(main: TextFiles): ColleagueCommit | undefined {
  const path = [...main.keys()].filter((p) => /^monitoring\/[^/]+\.yaml$/.test(p)).sort()[0];
  const [all, head, value] = (path === undefined ? null : /^(\s*threshold: )([\d.]+)$/m.exec(main.get(path)!)) ?? [];
  if (path === undefined || all === undefined || !(Number(value) > 0)) return undefined;
  const lower = Number((Number(value) * 0.8).toPrecision(3));
  return one(`Watch for drift from ${lower} on`, path, main.get(path)!.replace(all, `${head}${lower}`));
}

function listFiles(main: TextFiles): ColleagueCommit | undefined {
  if (main.has('docs/files.md')) return undefined;
  return one('List what the repository holds', 'docs/files.md', `# Files\n\n${[...main.keys()].sort().map((p) => `- \`${p}\`\n`).join('')}`);
}

/** Everything the colleague does, in order. */
export const ACTS: readonly ColleagueAct[] = [writeAgreement, tendCode, tryValue, describe];
