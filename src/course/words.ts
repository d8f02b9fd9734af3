import { LabError } from '../core/lab-error.js';
import { figuresIn } from './figures.js';
import type { LessonSpec, StepSpec } from './schema.js';

/** What one step says in one language; texts are Markdown. */
export interface StepWords {
  readonly title: string;
  readonly body: string;
  /** Shown when the step is done or answered. */
  readonly after: string;
  readonly unit: string;
  readonly hints: readonly string[];
  /** Labels of options or items, by id. */
  readonly options: Readonly<Record<string, string>>;
  readonly checks: Readonly<Record<string, string>>;
  /** Messages of wrong turns, wrong orders and wrong reasons, by id. */
  readonly wrong: Readonly<Record<string, string>>;
}

/** A lesson's words in one language. */
export interface LessonWords {
  readonly title: string;
  readonly summary: string;
  readonly steps: Readonly<Record<string, StepWords>>;
}

const TEXT_BOUND = 60_000;
const PARTS = ['hints', 'options', 'checks', 'wrong', 'after', 'unit'] as const;
type Part = (typeof PARTS)[number];

/** Reads `en.md` or `ar.md`: `# title`, a summary, then one `## step-id` section a step. Throws `lesson-invalid`. */
export function parseWords(source: string, where: string): LessonWords {
  if (source.length > TEXT_BOUND) throw new LabError('lesson-invalid', { where, issue: `longer than ${TEXT_BOUND} characters` });
  const [head = '', ...sections] = splitAt(source, /^## +/);
  const title = /^# +(.+)$/m.exec(head)?.[1]?.trim() ?? '';
  const steps: Record<string, StepWords> = Object.create(null) as Record<string, StepWords>;
  for (const section of sections) {
    const [first = '', ...rest] = section.split('\n');
    const id = first.trim();
    if (id in steps) throw new LabError('lesson-invalid', { where, issue: `two sections "${id}"` });
    steps[id] = parseStep(rest.join('\n'));
  }
  return { title, summary: head.replace(/^# +.+$/m, '').trim(), steps };
}

function parseStep(source: string): StepWords {
  const parts = new Map<Part, string>();
  let title = '';
  let body = '';
  splitAt(source, /^### +/).forEach((piece, i) => {
    if (i === 0) return;
    const [heading = '', ...rest] = piece.split('\n');
    const name = heading.trim();
    const text = rest.join('\n').trim();
    if (isPart(name)) parts.set(name, text);
    else [title, body] = [name, text];
  });
  const part = (name: Part): string => parts.get(name) ?? '';
  return {
    title, body, after: part('after'), unit: part('unit'), hints: readHints(part('hints')),
    options: asLabels(readNamed(part('options'))), checks: asLabels(readNamed(part('checks'))), wrong: readNamed(part('wrong')),
  };
}

const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name);

/** Pieces that start at lines with the mark (which is cut off), fenced code left alone; the first piece is what stands before. */
function splitAt(source: string, mark: RegExp): string[] {
  const pieces: string[][] = [[]];
  let fenced = false;
  for (const line of source.replaceAll('\r\n', '\n').split('\n')) {
    if (/^\s*```/.test(line)) fenced = !fenced;
    if (!fenced && mark.test(line)) pieces.push([line.replace(mark, '')]);
    else pieces.at(-1)!.push(line);
  }
  return pieces.map((lines) => lines.join('\n'));
}

const readItems = (source: string, mark: RegExp): string[] =>
  splitAt(source, mark).slice(1).map((item) => item.split('\n').map((line) => line.trim()).join('\n').trim());

const readHints = (source: string): string[] => readItems(source, /^\d+\. +/);

function readNamed(source: string): Record<string, string> {
  const named: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const item of readItems(source, /^- +/)) {
    const match = /^`([^`]+)`:?\s*([\s\S]*)$/.exec(item);
    if (match) named[match[1]!] = match[2]!.trim();
  }
  return named;
}

/** Labels are shown as plain text, so the marks of code would stand there as they are. */
const asLabels = (named: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(named).map(([id, text]) => [id, text.replaceAll('`', '')]));

/** What is missing or too much in the words of a lesson: [] when they say all that the lesson needs. */
export function wordIssues(spec: LessonSpec, words: LessonWords): string[] {
  const issues: string[] = [];
  if (words.title === '') issues.push('no title');
  if (words.summary === '') issues.push('no summary');
  for (const step of spec.steps) {
    const said = words.steps[step.id];
    if (said === undefined) issues.push(`${step.id}: no words`);
    else issues.push(...stepWordIssues(step, said).map((issue) => `${step.id}: ${issue}`));
  }
  for (const id of Object.keys(words.steps)) if (!spec.steps.some((step) => step.id === id)) issues.push(`${id}: words for no step`);
  return issues;
}

function stepWordIssues(step: StepSpec, said: StepWords): string[] {
  const issues: string[] = [];
  if (said.title === '') issues.push('no title');
  if (said.body === '') issues.push('no text');
  const need = (part: 'options' | 'checks' | 'wrong', ids: readonly string[]): void => {
    for (const id of ids) if (!said[part][id]) issues.push(`no words for ${part} "${id}"`);
    for (const id of Object.keys(said[part])) if (!ids.includes(id)) issues.push(`words for unknown ${part} "${id}"`);
    const texts = ids.map((id) => said[part][id]).filter((text) => text);
    if (new Set(texts).size < texts.length) issues.push(`two of ${part} say the same`);
  };
  need('options', optionsOf(step));
  need('checks', step.kind === 'do' ? step.checks.map((check) => check.id) : []);
  need('wrong', wrongIdsOf(step));
  if (step.kind === 'do' && said.hints.length < 3) issues.push(`${said.hints.length} hints, at least 3 are needed`);
  if (step.kind === 'predict' && step.answer.type === 'number' && said.unit === '') issues.push('no unit');
  const unknown = figuresIn(said.body + said.after + Object.values(said.wrong).join(' ')).find((name) => !(name in step.figures));
  if (unknown !== undefined) issues.push(`no figure "${unknown}"`);
  if ((step.kind === 'explain' || step.kind === 'order') && said.after === '') issues.push('no words after the right answer');
  return issues;
}

/** Ids that the learner chooses among or puts in order. */
export function optionsOf(step: StepSpec): readonly string[] {
  if (step.kind === 'explain') return step.options;
  if (step.kind === 'order') return step.items;
  if (step.kind !== 'predict' || step.answer.type === 'number') return [];
  return step.answer.type === 'choice' ? step.answer.options : step.answer.items;
}

/** Ids of the wrong turns that have a message of their own. */
export function wrongIdsOf(step: StepSpec): readonly string[] {
  if (step.kind === 'explain') return step.options.filter((option) => option !== step.answer);
  return step.kind === 'order' || step.kind === 'do' ? step.wrong.map((wrong) => wrong.id) : [];
}
