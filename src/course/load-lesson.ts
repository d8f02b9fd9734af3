import * as v from 'valibot';
import { parse } from 'yaml';
import { LabError } from '../core/lab-error.js';
import { checkIssue } from './checks/index.js';
import { courseSchema, lessonSchema, type CourseSpec, type LessonSpec } from './schema.js';
import { parseWords, wordIssues, type LessonWords } from './words.js';

/** A lesson that is ready to be shown in one language. */
export interface Lesson {
  readonly spec: LessonSpec;
  readonly words: LessonWords;
}

/** Reads `lesson.yaml` and one language's words, which may come from a stranger. Throws `lesson-invalid` with where and what. */
export function loadLesson(yaml: string, words: string, where: string): Lesson {
  const spec = readSpec(yaml, where);
  const read = parseWords(words, where);
  const issues = wordIssues(spec, read);
  if (issues.length > 0) throw new LabError('lesson-invalid', { where, issue: issues.join('; ') });
  return { spec, words: read };
}

/** Reads `lesson.yaml`, with the arguments of every check. Throws `lesson-invalid`. */
export function readSpec(yaml: string, where: string): LessonSpec {
  const spec = readYaml(lessonSchema, yaml, where);
  for (const step of spec.steps) {
    if (step.kind !== 'do') continue;
    const issue = [...step.checks, ...step.wrong.flatMap((wrong) => wrong.seen)].map(checkIssue).find((found) => found !== undefined);
    if (issue) throw new LabError('lesson-invalid', { where, issue: `${step.id}: ${issue}` });
  }
  return spec;
}

/** Reads `course.yaml`. Throws `lesson-invalid`. */
export function readCourse(yaml: string, where: string): CourseSpec {
  const course = readYaml(courseSchema, yaml, where);
  const all = course.modules.flatMap((module) => module.lessons);
  const twice = all.find((id, i) => all.indexOf(id) !== i);
  if (twice) throw new LabError('lesson-invalid', { where, issue: `${twice} stands twice` });
  return course;
}

const YAML_BOUND = 60_000;

function readYaml<S extends v.GenericSchema>(schema: S, yaml: string, where: string): v.InferOutput<S> {
  if (yaml.length > YAML_BOUND) throw new LabError('lesson-invalid', { where, issue: `longer than ${YAML_BOUND} characters` });
  let raw: unknown;
  try {
    raw = parse(yaml, { maxAliasCount: 20 });
  } catch (cause) {
    throw new LabError('lesson-invalid', { where, issue: cause instanceof Error ? cause.message.split('\n')[0]! : 'no YAML' });
  }
  const result = v.safeParse(schema, raw);
  if (result.success) return result.output;
  const first = result.issues[0];
  const path = v.getDotPath(first);
  throw new LabError('lesson-invalid', { where, issue: path ? `${path}: ${first.message}` : first.message });
}
