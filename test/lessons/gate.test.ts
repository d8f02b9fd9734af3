import { describe, expect, it } from 'vitest';
import { readCourse } from '../../src/course/load-lesson.js';
import { judgeLesson } from './judge-lesson.js';
import { openReplay } from './replay.js';

const LESSON = `
id: note
version: 1
minutes: 3
needs: []
panels: [data]
start: bare
steps:
  - id: write
    kind: do
    checks:
      - { id: done, kind: file-value, path: note.yaml, at: done, equals: true }
    solution: ["echo 'done: true' > note.yaml"]
    alternates:
      - { id: printed, commands: ["printf 'done: true\\nby: hand\\n' > note.yaml"] }
    wrong:
      - id: said-no
        commands: ["echo 'done: false' > note.yaml"]
        seen: [{ id: no, kind: file-value, path: note.yaml, at: done, equals: false }]
  - id: again
    kind: do
    checks:
      - { id: twice, kind: file-value, path: note.yaml, at: times, atLeast: 2 }
    solution: ["echo 'times: 2' >> note.yaml"]
    alternates:
      - { id: thrice, commands: ["echo 'times: 3' >> note.yaml"] }
    wrong: []
  - id: sort
    kind: order
    items: [b, a, c]
    answer: [a, b, c]
    wrong:
      - { id: b-first, before: [b, a] }
      - { id: c-early, before: [c, b] }
`;

const words = (lead: string) => `# Title

${lead}

## write
### Write
A :term[word]{id=model} and a [link](#/stage/data). Type :command[lab monitor].
### checks
- \`done\`: It is done
### hints
1. One
2. Two
3. Three
### wrong
- \`said-no\`: You said no

## again
### Again
Body {{promise}}
### checks
- \`twice\`: Twice
### hints
1. One
2. Two
3. Three

## sort
### Sort
Body
### options
- \`a\`: A
- \`b\`: B
- \`c\`: C
### wrong
- \`b-first\`: B came first
- \`c-early\`: C came early
### after
Good.
`.replace(' {{promise}}', '');

const GOOD: Readonly<Record<string, string>> = {
  'snapshots/bare.sh': '# nothing\necho "start: here" > start.yaml\n',
  'm/note/lesson.yaml': LESSON,
  'm/note/en.md': words('A summary.'),
  'm/note/ar.md': words('ملخص.'),
};
const course = readCourse('{ id: c, version: 1, modules: [{ id: m, lessons: [note] }] }', 'course.yaml');

/** Rules that the lesson breaks after some texts were exchanged (file, what, by what). */
async function brokenRules(...changes: readonly (readonly [string, string, string])[]): Promise<string[]> {
  const files = new Map(Object.entries(GOOD));
  for (const [file, what, by] of changes) {
    const text = files.get(file)!;
    expect(text, `${file} has no ${what}`).toContain(what);
    files.set(file, text.replaceAll(what, by));
  }
  const ledger = await judgeLesson({ files, course, glossary: { model: {} }, open: openReplay }, 'm', 'note');
  return [...new Set(ledger.breaches.map((breach) => breach.rule))].sort();
}

const yaml = 'm/note/lesson.yaml';

describe('the gate', () => {
  it('lets a good lesson pass', async () => {
    expect(await brokenRules()).toEqual([]);
  });

  it.each([
    ['an unknown key', [yaml, 'minutes: 3', 'minutes: 3\nlength: 3'], 'schema'],
    ['an unknown check', [yaml, 'kind: file-value, path: note.yaml, at: times', 'kind: file-worth, path: note.yaml, at: times'], 'schema'],
    ['a check with a wrong argument', [yaml, 'at: times, atLeast: 2', 'at: times, above: 2'], 'schema'],
    ['another id than its folder', [yaml, 'id: note\n', 'id: notes\n'], 'schema'],
    ['a need that is no lesson', [yaml, 'needs: []', 'needs: [more]'], 'schema'],
    ['a start that is no snapshot', [yaml, 'start: bare', 'start: bear'], 'start'],
    ['a snapshot that fails', ['snapshots/bare.sh', 'echo', 'ecko'], 'start'],
    ['a step without words', ['m/note/ar.md', '## again', '## agian'], 'words'],
    ['two hints only', ['m/note/en.md', '3. Three', ''], 'words'],
    ['a wrong turn without a message', ['m/note/ar.md', '- `said-no`: You said no', ''], 'words'],
    ['two wrong orders with one message', ['m/note/en.md', 'C came early', 'B came first'], 'words'],
    ['a figure that is not measured', ['m/note/en.md', 'Body\n### checks', 'Body {{error}}\n### checks'], 'words'],
    ['a wall of words', ['m/note/en.md', 'Body\n### checks', `${'word '.repeat(300)}\n### checks`], 'short'],
    ['a dead link to a stage', ['m/note/en.md', '#/stage/data', '#/stage/date'], 'links'],
    ['a link to another site', ['m/note/en.md', '#/stage/data', 'https://example.org/'], 'links'],
    ['a link to a lesson that is not there', ['m/note/ar.md', '#/stage/data', '#/lesson/notes'], 'links'],
    ['a term without an entry', ['m/note/en.md', '{id=model}', '{id=modal}'], 'terms'],
    ['a command with an unknown flag', ['m/note/en.md', 'lab monitor', 'lab monitor --sharply'], 'commands'],
    ['a command of no verb', ['m/note/en.md', 'lab monitor', 'lab observe'], 'commands'],
    ['another command in Arabic', ['m/note/ar.md', ':command[lab monitor]', ':command[lab evaluate]'], 'same'],
    ['a step that is done before it begins', ['snapshots/bare.sh', '> start.yaml', '> start.yaml\necho "done: true" > note.yaml'], 'as-given'],
    ['a solution that does not solve', [yaml, "solution: [\"echo 'done: true'", "solution: [\"echo 'done: 1'"], 'solution'],
    ['a solution that ends in failure', [yaml, "'times: 2' >> note.yaml", "'times: 2' >> note.yaml; false"], 'solution'],
    ['an alternate that does not pass', [yaml, "'times: 3'", "'times: 1'"], 'alternate'],
    ['a later step solved by an earlier one', [yaml, "echo 'done: true' >", "printf 'done: true\\\\ntimes: 4\\\\n' >"], 'own-solution'],
    ['a wrong turn that passes', [yaml, "'done: false' > note.yaml", "'done: true' > note.yaml"], 'wrong'],
    ['a wrong turn that is not recognised', [yaml, 'at: done, equals: false', 'at: done, equals: 0'], 'wrong'],
    ['a check that empty files satisfy', [yaml, 'kind: file-value, path: note.yaml, at: times, atLeast: 2', 'kind: file-value, path: start.yaml, at: start, equals: here'], 'as-given'],
    ['an order that is shown solved', [yaml, 'items: [b, a, c]', 'items: [a, b, c]'], 'order'],
    ['a wrong order that is the answer', [yaml, 'before: [c, b]', 'before: [a, b]'], 'order'],
  ] as const)('refuses %s', async (_name, change, rule) => {
    expect(await brokenRules(change)).toContain(rule);
  });

  it('refuses a wrong turn that gets the message of another', async () => {
    const twin = `- id: first
        commands: ["echo 'done: maybe' > other.yaml"]
        seen: [{ id: some, kind: file-value, path: start.yaml, at: start }]
      - id: said-no`;
    const message = ['- `said-no`: You said no', '- `first`: First\n- `said-no`: You said no'] as const;
    expect(await brokenRules([yaml, '- id: said-no', twin], ['m/note/en.md', ...message], ['m/note/ar.md', ...message])).toEqual(['wrong']);
  });

  it('refuses a step that passes when nothing is done or the files are emptied', async () => {
    const check = ['{ id: twice, kind: file-value, path: note.yaml, at: times, atLeast: 2 }', '{ id: twice, kind: git-commit, count: 1 }'] as const;
    expect(await brokenRules([yaml, ...check])).toEqual(expect.arrayContaining(['as-given', 'emptied', 'idle']));
  });
});
