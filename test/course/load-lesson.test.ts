import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/core/lab-error.js';
import { loadLesson, readCourse, readSpec } from '../../src/course/load-lesson.js';
import { parseWords } from '../../src/course/words.js';

const yaml = (steps: string, head = ''): string => `id: a\nversion: 1\nminutes: 3\nneeds: []\npanels: []\nstart: previous\n${head}steps:\n${steps}`;
const read = '  - { id: one, kind: read }\n';

const issueOf = (act: () => unknown): string => {
  try {
    act();
  } catch (cause) {
    const error = LabError.from(cause);
    expect(error.code).toBe('lesson-invalid');
    return String(error.data['issue']);
  }
  return 'accepted';
};

describe('lesson.yaml', () => {
  it('is read with its defaults', () => {
    expect(readSpec(yaml(read), 'a')).toMatchObject({ id: 'a', start: 'previous', steps: [{ id: 'one', kind: 'read', figures: {} }] });
  });

  it.each([
    ['no YAML', 'id: [', /./],
    ['a list', '- a\n', /./],
    ['an empty file', '', /./],
    ['an id with capitals', yaml(read).replace('id: a', 'id: A'), /^id/],
    ['version 0', yaml(read).replace('version: 1', 'version: 0'), /^version/],
    ['no steps', yaml('').replace('steps:\n', 'steps: []'), /^steps/],
    ['two steps of one id', yaml(read + read), /two steps/],
    ['an unknown kind of step', yaml('  - { id: one, kind: run }\n'), /steps\.0\.kind/],
    ['a key that no step has', yaml('  - { id: one, kind: read, script: x }\n'), /script/],
    ['a do step without another way', yaml('  - { id: one, kind: do, checks: [{ id: c, kind: git-commit }], solution: [x], alternates: [], wrong: [] }\n'), /alternates/],
    ['a do step without checks', yaml('  - { id: one, kind: do, checks: [], solution: [x], alternates: [{ id: b, commands: [y] }], wrong: [] }\n'), /checks/],
    ['an answer that is no option', yaml('  - { id: one, kind: explain, options: [a, b], answer: c }\n'), /not an option/],
    ['an order of other items', yaml('  - { id: one, kind: order, items: [a, b, c], answer: [a, b, d], wrong: [{ id: x, before: [b, a] }] }\n'), /other items/],
    ['a wrong order of unknown items', yaml('  - { id: one, kind: order, items: [a, b, c], answer: [a, b, c], wrong: [{ id: x, before: [b, z] }] }\n'), /unknown item/],
    ['a step that recalls nothing', yaml('  - { id: one, kind: read, recalls: two }\n'), /recalls/],
    ['a range turned round', yaml('  - { id: one, kind: predict, answer: { type: number, min: 3, max: 1, step: 1, outcome: { source: promise, service: s } } }\n'), /min/],
    ['a figure from nowhere', yaml('  - { id: one, kind: read, figures: { f: { source: eval, code: x } } }\n'), /source/],
    ['a million laughs', `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d]\n`, /alias|key|expected/i],
    ['a flood', yaml(read) + `# ${'x'.repeat(70_000)}`, /longer/],
  ])('with %s is refused', (_name, source, issue) => {
    expect(issueOf(() => readSpec(source, 'a'))).toMatch(issue);
  });
});

describe('course.yaml', () => {
  it.each([
    ['a lesson twice', '{ id: c, version: 1, modules: [{ id: m, lessons: [a, b, a] }] }', /twice/],
    ['a path for an id', '{ id: c, version: 1, modules: [{ id: m, lessons: [../a] }] }', /lessons/],
    ['no modules', '{ id: c, version: 1, modules: [] }', /modules/],
  ])('with %s is refused', (_name, source, issue) => {
    expect(issueOf(() => readCourse(source, 'c'))).toMatch(issue);
  });
});

describe('the words of a lesson', () => {
  it('are read by section, with code fences left alone', () => {
    const words = parseWords('# T\n\nSum\n\n## one\n### Title\nBody\n\n```\n## not a step\n```\n\n### hints\n1. A\n   more\n2. B\n### wrong\n- `x`: Msg\n  goes on\n### after\nWell.\n', 'en.md');
    expect(words).toMatchObject({ title: 'T', summary: 'Sum', steps: { one: { title: 'Title', hints: ['A\nmore', 'B'], wrong: { x: 'Msg\ngoes on' }, after: 'Well.' } } });
    expect(words.steps['one']!.body).toContain('## not a step');
    expect(Object.keys(words.steps)).toEqual(['one']);
  });

  it('cannot reach into the prototype', () => {
    const words = parseWords('# T\nS\n## __proto__\n### P\nB\n### wrong\n- `__proto__`: x\n', 'en.md');
    expect(({} as Record<string, unknown>)['title']).toBeUndefined();
    expect(words.steps['toString']).toBeUndefined();
  });

  it.each([
    ['a section twice', '# T\nS\n## one\n### A\nB\n## one\n### A\nB\n', /two sections/],
    ['a flood', `# T\n${'x'.repeat(70_000)}`, /longer/],
  ])('with %s are refused', (_name, source, issue) => {
    expect(issueOf(() => parseWords(source, 'en.md'))).toMatch(issue);
  });

  it('must be there for every step and for no other', () => {
    expect(issueOf(() => loadLesson(yaml(read), '# T\nS\n## two\n### A\nB\n', 'a'))).toMatch(/one: no words; two: words for no step/);
    expect(loadLesson(yaml(read), '# T\nS\n## one\n### A\nB\n', 'a').words.steps['one']!.title).toBe('A');
  });
});
