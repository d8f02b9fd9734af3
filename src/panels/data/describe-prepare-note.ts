import type { PrepareNote } from '../../core/prepare/prepare-notes.js';
import type { Format } from '../../i18n/format.js';
import type { Messages } from '../../i18n/en.js';
import { isolate } from '../model-words/short-names.js';

/** Something met while the recipe was fitted, as a sentence. */
export function describePrepareNote(note: PrepareNote, t: Pick<Messages, 'prepare' | 'transforms'>, format: Pick<Format, 'whole' | 'fixed' | 'percent' | 'number'>): string {
  const words = t.prepare.note;
  const column = isolate(note.column);
  switch (note.code) {
    case 'constant-column':
      return words.constant(column, isolate(note.value));
    case 'all-missing-column':
      return words.allMissing(column);
    case 'high-cardinality':
      return words.cardinality(column, format.whole(note.levels), format.whole(note.kept));
    case 'date-left-out':
      return words.dateLeftOut(column);
    case 'imputed':
      return words.imputed(column, note.count, isolate(note.value));
    case 'missing-kept':
      return words.missingKept(column, note.count);
    case 'filled-by-neighbours':
      return t.transforms.note.neighbours(column, note.count, format.whole(note.neighbours));
    case 'missing-as-mean':
      return t.transforms.note.missingAsMean(column, note.count);
    case 'missing-text':
      return t.transforms.note.missingText(column, note.count);
    case 'unlabelled-rows':
      return words.unlabelled(column, note.count);
    case 'suspect-leak':
      return words.leak[note.measure](column, note.measure === 'purity' ? format.percent(note.score, 1) : format.fixed(note.score, 3));
  }
}
