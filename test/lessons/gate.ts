import { readCourse } from '../../src/course/load-lesson.js';
import { glossary as arabic } from '../../src/i18n/areas/glossary.ar.js';
import { glossary } from '../../src/i18n/areas/glossary.en.js';
import { judgeLesson } from './judge-lesson.js';
import { readLessonFiles } from './lesson-files.js';
import { openReplay } from './replay.js';

/** `npm run lessons [-- lesson-id]`: replays every lesson headless and ends with `N passed, N failed`. */
async function main(only: string | undefined): Promise<number> {
  const files = readLessonFiles(new URL('../../lessons', import.meta.url).pathname);
  const course = readCourse(files.get('course.yaml') ?? '', 'course.yaml');
  const spoken = Object.fromEntries(Object.entries(glossary).filter(([term]) => Object.hasOwn(arabic, term)));
  let [passed, failed] = [0, 0];
  const wanted = course.modules.flatMap((module) => module.lessons.map((lesson) => ({ module: module.id, lesson }))).filter(({ lesson }) => only === undefined || lesson === only);
  for (const { module, lesson } of wanted) {
    const began = performance.now();
    const ledger = await judgeLesson({ files, course, glossary: spoken, open: openReplay }, module, lesson);
    passed += ledger.passed;
    failed += ledger.breaches.length;
    console.log(`${ledger.breaches.length === 0 ? 'ok  ' : 'FAIL'} ${lesson}: ${ledger.passed} held, ${ledger.breaches.length} did not (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    for (const { rule, where, what } of ledger.breaches) console.log(`     ${rule} at ${where}: ${what}`);
  }
  if (wanted.length === 0) {
    console.log(`no lesson "${only}"`);
    failed++;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv[2]);
