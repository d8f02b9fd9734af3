import type { Answers } from '../../core/evaluate/judge-claims.js';
import { LabError } from '../../core/lab-error.js';
import type { Recipe } from '../../core/prepare/recipe.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what the sandbox wrote about the sealed rows; nothing of it is believed. A model gives `{ task, classes, scores }`; code gives `{ answers }`, a number
 * for each row, or a label, or `{ label: probability }`. Throws `verify-bad-answer` {reason}.
 */
export function readAnswers(content: Uint8Array | undefined, { task, classes = [] }: Pick<Recipe, 'task' | 'classes'>, truth: readonly string[], numbers: Float64Array | undefined): Answers {
  const found = parse(content);
  if (Array.isArray(found['answers'])) return ofCode(found['answers'] as readonly unknown[], task, classes, truth, numbers);
  const named = found['classes'];
  const own = Array.isArray(named) ? (named as readonly unknown[]).map(String) : [];
  if (found['task'] !== task) throw bad(`the model is for ${String(found['task']).slice(0, 40)}, the target for ${task}`);
  const scores = numbersOf(found['scores'], truth.length * (task === 'multiclass' ? own.length : 1));
  return { task, classes: task === 'regression' ? 0 : own.length, y: numbers ?? codesOf(truth, own), scores };
}

function ofCode(answers: readonly unknown[], task: Answers['task'], classes: readonly string[], truth: readonly string[], numbers: Float64Array | undefined): Answers {
  if (answers.length !== truth.length) throw bad(`${answers.length} answers for ${truth.length} rows`);
  if (task === 'regression') return { task, classes: 0, y: numbers!, scores: numbersOf(answers, truth.length) };
  const shares = answers.flatMap((answer) => sharesOf(answer, classes));
  const scores = Float64Array.from(task === 'binary' ? shares.filter((_, at) => at % 2 === 1) : shares);
  return { task, classes: classes.length, y: codesOf(truth, classes), scores };
}

function sharesOf(answer: unknown, classes: readonly string[]): number[] {
  if (typeof answer === 'object' && answer !== null) {
    const shares = classes.map((label) => (Object.hasOwn(answer, label) ? Number((answer as Fields)[label]) : 0));
    const total = shares.reduce((sum, share) => sum + share, 0);
    if (shares.every((share) => share >= 0 && Number.isFinite(share)) && total > 0) return shares.map((share) => share / total);
  } else if (classes.includes(String(answer))) return classes.map((label) => Number(label === String(answer)));
  throw bad(`${JSON.stringify(answer)?.slice(0, 60) ?? 'undefined'} is none of ${classes.slice(0, 12).join(', ')}`);
}

/** Places of labels among the classes; a class that the rest of the data does not have cannot be asked for. */
function codesOf(truth: readonly string[], classes: readonly string[]): Float64Array {
  return Float64Array.from(truth, (label) => {
    const code = classes.indexOf(label);
    if (code < 0) throw bad(`the class ${label.slice(0, 60)} is not known to it`);
    return code;
  });
}

function numbersOf(value: unknown, length: number): Float64Array {
  if (!Array.isArray(value) || value.length !== length) throw bad(`${Array.isArray(value) ? value.length : 'no'} numbers where ${length} are due`);
  if (!value.every((score) => typeof score === 'number' && Number.isFinite(score))) throw bad('not every answer is a number');
  return Float64Array.from(value as readonly number[]);
}

function parse(content: Uint8Array | undefined): Fields {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(content));
    if (typeof value === 'object' && value !== null) return value as Fields;
  } catch {
    // Said below, as for anything else that is no answer.
  }
  throw bad('no answer was written');
}

const bad = (reason: string): LabError => new LabError('verify-bad-answer', { reason });
