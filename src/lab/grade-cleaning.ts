import { gradeCleaning as grade, type CleaningTruth } from '../core/clean/grade-cleaning.js';
import { LabError } from '../core/lab-error.js';
import { rawLines, readCleaned } from './cleaning/cleaned-data.js';
import { QUALITY } from './cleaning/paths.js';
import type { GradeReport } from './cleaning/grade-report.js';
import { writeJson } from './project/files.js';
import { defineVerb } from './verb.js';

/** Shipped sets whose clean values are known; they lie with the site's files, outside every project. */
const TRUTHS: Readonly<Record<string, string>> = { penguins_messy: 'data/grading/penguins_messy.json' };
const MOST_SHOWN = 200;

/** Grades the cleaning of a set whose clean values are known, cell by cell, without telling them. */
export const gradeCleaning = defineVerb({
  name: 'grade-cleaning',
  summary: 'grade the cleaning of penguins_messy cell by cell',
  flags: {},
  async run({ platform, session }) {
    const { digest, facts, raw, cleaned } = await readCleaned(session);
    const path = TRUTHS[facts.dataset];
    if (path === undefined) throw new LabError('no-truth', { dataset: facts.dataset, known: Object.keys(TRUTHS) });
    const truth = JSON.parse(new TextDecoder().decode(await platform.asset(path))) as CleaningTruth;
    const { wrong, ...figures } = grade(raw, cleaned.table, cleaned.kept, truth);
    const lines = await rawLines(session);
    // Which rows carry a wrong label is what the learner is to find out, so these are counted and not listed.
    const shown = wrong.filter(({ kind }) => kind !== 'label_error_in_target').slice(0, MOST_SHOWN);
    const report: GradeReport = { version: 1, data: digest, ...figures, wrongCells: wrong.length, wrong: shown.map(({ row, column, kind, value }) => ({ line: lines[row] ?? row + 2, column, kind, value })) };
    await writeJson(platform, QUALITY.grade, report);
    const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
    const summary = `${figures.fixed} of ${figures.spoilt} fixed, ${figures.harmed} harmed`;
    return {
      result: report,
      lines: [
        `${summary}; precision ${percent(figures.precision)}, recall ${percent(figures.recall)}`,
        ...figures.kinds.map(({ name, spoilt, fixed, harmed }) => `  ${name}: ${fixed} of ${spoilt}${harmed > 0 ? `, ${harmed} harmed` : ''}`),
        ...report.wrong.slice(0, 20).map(({ line, column, kind, value }) => `    line ${line} ${column}: ${value === '' ? '(missing)' : value} (${kind})`),
      ],
      step: { object: { type: 'cleaning-grade', id: facts.dataset, digest } },
      files: [QUALITY.grade],
      message: `grade-cleaning: ${summary}`,
    };
  },
});
