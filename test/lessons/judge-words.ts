import { judgeOrder } from '../../src/course/answers.js';
import { figuresIn } from '../../src/course/figures.js';
import { linksOf } from '../../src/course/markdown.js';
import type { CourseSpec, LessonSpec, OrderStep } from '../../src/course/schema.js';
import { parseWords, wordIssues, type LessonWords } from '../../src/course/words.js';
import { LabError } from '../../src/core/lab-error.js';
import { VERBS } from '../../src/lab/verbs.js';
import { parseArgs } from '../../src/lab/verb.js';
import { STAGES } from '../../src/lab/views/snapshot.js';
import type { Ledger } from './ledger.js';

/** Languages that every lesson speaks. */
export const LANGUAGES = ['en', 'ar'] as const;
const LONGEST_BODY = 190;

/** Rule 1 for the words: each language says everything, shortly, and no link, term, figure or command in it is dead. */
export function judgeWords(ledger: Ledger, spec: LessonSpec, files: ReadonlyMap<string, string>, course: CourseSpec, glossary: Readonly<Record<string, unknown>>): void {
  const spoken = new Map<string, LessonWords>();
  for (const language of LANGUAGES) {
    const source = files.get(`${language}.md`);
    if (!ledger.expect('words', language, source !== undefined, `there is no ${language}.md`)) continue;
    try {
      const words = parseWords(source!, `${language}.md`);
      spoken.set(language, words);
      const issues = wordIssues(spec, words);
      ledger.expect('words', language, issues.length === 0, issues.join('; '));
      judgeTexts(ledger, language, words, course, glossary);
    } catch (cause) {
      ledger.expect('words', language, false, String(LabError.from(cause).data['issue'] ?? cause));
    }
  }
  judgeSame(ledger, spec, spoken);
}

function judgeTexts(ledger: Ledger, language: string, words: LessonWords, course: CourseSpec, glossary: Readonly<Record<string, unknown>>): void {
  for (const [id, step] of Object.entries(words.steps)) {
    const where = `${language} ${id}`;
    const length = step.body.split(/\s+/).length;
    ledger.expect('short', where, length <= LONGEST_BODY, `${length} words, at most ${LONGEST_BODY}`);
    const texts = [step.body, step.after, ...step.hints, ...Object.values(step.wrong), ...Object.values(step.options)].join('\n\n');
    const { links, terms, commands } = linksOf(texts);
    const deadLinks = links.filter((link) => !leadsSomewhere(link, course));
    ledger.expect('links', where, deadLinks.length === 0, `dead: ${deadLinks.join(', ')}`);
    const deadTerms = terms.filter((term) => !Object.hasOwn(glossary, term));
    ledger.expect('terms', where, deadTerms.length === 0, `not in the glossary: ${deadTerms.join(', ')}`);
    const deadCommands = commands.filter((command) => !isKnownCommand(command));
    ledger.expect('commands', where, deadCommands.length === 0, `cannot be typed: ${deadCommands.join('; ')}`);
  }
}

/** Languages tell the same: hints, figures and commands are those of the first language. */
function judgeSame(ledger: Ledger, spec: LessonSpec, spoken: ReadonlyMap<string, LessonWords>): void {
  const [first, ...others] = [...spoken.values()];
  for (const other of others) {
    for (const { id } of spec.steps) {
      const [a, b] = [first?.steps[id], other.steps[id]];
      if (!a || !b) continue;
      ledger.expect('same', id, a.hints.length === b.hints.length, 'the languages have different numbers of hints');
      const figures = (step: typeof a) => figuresIn(step.body + step.after).sort().join();
      ledger.expect('same', id, figures(a) === figures(b), 'the languages use different figures');
      const commands = (step: typeof a) => linksOf(step.body).commands.join('\n');
      ledger.expect('same', id, commands(a) === commands(b), 'the languages show different commands');
    }
  }
}

function leadsSomewhere(link: string, course: CourseSpec): boolean {
  const [head, first, ...rest] = link.replace(/^#\//, '').split('/');
  if (!link.startsWith('#/') || rest.length > 1) return false;
  if (head === 'lesson') return course.modules.some((module) => module.lessons.includes(first ?? ''));
  if (head === 'stage') return (STAGES as readonly string[]).includes(first ?? '');
  return ['', 'history', 'project', 'datasets', 'runs'].includes(head ?? '');
}

/** A shown `lab` command must parse, flags and all; other commands are tried by the solutions. */
function isKnownCommand(command: string): boolean {
  const [program, verb, ...words] = splitWords(command);
  if (program !== 'lab') return true;
  try {
    if (!VERBS[verb ?? '']) return false;
    parseArgs(VERBS[verb ?? '']!, words);
    return true;
  } catch {
    return false;
  }
}

const splitWords = (command: string): string[] => [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);

/** An order step as shown is not solved, its answer is right, and each known mistake is told apart. */
export function judgeOrderStep(ledger: Ledger, step: OrderStep): void {
  ledger.expect('order', step.id, !judgeOrder(step, step.items).right, 'the order as shown is already right');
  ledger.expect('order', step.id, judgeOrder(step, step.answer).right, 'the answer is not right');
  for (const { id, before } of step.wrong) {
    const [early, late] = before;
    const order = step.answer.filter((item) => item !== early);
    order.splice(order.indexOf(late), 0, early);
    const verdict = judgeOrder(step, order);
    ledger.expect('order', `${step.id}/${id}`, !verdict.right && verdict.wrong === id, `the mistake gets ${verdict.right ? 'praise' : `the message of "${verdict.wrong}"`}`);
  }
}
