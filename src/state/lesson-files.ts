import { readCourse, loadLesson, type Lesson } from '../course/load-lesson.js';
import type { CourseSpec, LessonSpec } from '../course/schema.js';
import type { StartMaterial } from '../course/start-lesson.js';
import { LabError } from '../core/lab-error.js';

const files = import.meta.glob<string>('/lessons/**', { query: '?raw', import: 'default' });

async function read(path: string): Promise<string> {
  const load = files[`/lessons/${path}`];
  if (!load) throw new LabError('not-found', { path: `lessons/${path}` });
  return load();
}

/** The shipped course; a file is fetched when it is first asked for. */
export const fetchCourse = async (): Promise<CourseSpec> => readCourse(await read('course.yaml'), 'course.yaml');

/** A lesson in one language; throws `not-found` or `lesson-invalid`. */
export async function fetchLesson(course: CourseSpec, id: string, locale: string): Promise<Lesson> {
  const folder = folderOf(course, id);
  const [yaml, words] = await Promise.all([read(`${folder}/lesson.yaml`), read(`${folder}/${locale}.md`)]);
  return loadLesson(yaml, words, id);
}

/** A lesson as a list of lessons shows it. */
export interface LessonSummary {
  readonly spec: LessonSpec;
  readonly title: string;
  readonly summary: string;
}

/** The lessons of each module in the order of the course, in one language. */
export async function fetchOverview(locale: string): Promise<readonly { readonly module: string; readonly lessons: readonly LessonSummary[] }[]> {
  const course = await fetchCourse();
  const summarise = async (id: string): Promise<LessonSummary> => {
    const { spec, words } = await fetchLesson(course, id, locale);
    return { spec, title: words.title, summary: words.summary };
  };
  return Promise.all(course.modules.map(async ({ id, lessons }) => ({ module: id, lessons: await Promise.all(lessons.map(summarise)) })));
}

/** What a start lays down: a snapshot's script, and the lesson's own files over it. */
export async function fetchStart(course: CourseSpec, lesson: string, snapshot: string): Promise<StartMaterial> {
  const prefix = `/lessons/${folderOf(course, lesson)}/start/`;
  const own = Object.keys(files).filter((path) => path.startsWith(prefix));
  const texts = await Promise.all(own.map(async (path) => [path.slice(prefix.length), await files[path]!()] as const));
  return { script: await read(`snapshots/${snapshot}.sh`), files: Object.fromEntries(texts) };
}

function folderOf(course: CourseSpec, id: string): string {
  const module = course.modules.find((own) => own.lessons.includes(id));
  if (!module) throw new LabError('not-found', { path: `lessons/${id}` });
  return `${module.id}/${id}`;
}
