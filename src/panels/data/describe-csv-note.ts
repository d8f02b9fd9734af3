import type { CsvNote } from '../../core/table/csv-notes.js';
import type { Format } from '../../i18n/format.js';
import type { Messages } from '../../i18n/en.js';
import { isolate } from '../model-words/short-names.js';

/** Something the CSV reader met, as sentences. */
export function describeCsvNote(note: CsvNote, t: Pick<Messages, 'data'>, format: Pick<Format, 'whole' | 'list'>): string {
  const words = t.data.notes;
  const type = (name: string): string => t.data.look.types[name] ?? name;
  switch (note.code) {
    case 'ragged-rows':
      return words.ragged(note.count, format.whole(note.line));
    case 'stray-quotes':
      return words.quotes(note.count, format.whole(note.line));
    case 'duplicate-names':
      return words.duplicates(format.list(note.names.map(isolate)));
    case 'empty-names':
      return words.unnamed(note.count);
    case 'wrong-encoding':
      return [words.encoding(isolate(note.used)), ...(note.replaced > 0 ? [words.encodingLost(note.replaced)] : [])].join(' ');
    case 'formula-cells':
      return words.formulas(isolate(note.column), note.count, format.whole(note.line));
    case 'type-changed':
      return words.typeChanged(isolate(note.column), type(note.from), format.whole(note.line), isolate(note.value), note.others);
    case 'cells-lost':
      return words.cellsLost(isolate(note.column), type(note.type), note.count);
    case 'decimal-comma':
      return words.decimalComma(isolate(note.column));
    case 'no-header':
      return words.noHeader(note.columns);
    case 'no-numbers':
      return words.noNumbers;
  }
}
