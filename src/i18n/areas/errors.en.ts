type Data = Readonly<Record<string, unknown>>;

const list = (names: unknown): string => (Array.isArray(names) ? names.join(', ') : '');

export const errors = {
  unexpected: (d: Data) => `Something unforeseen happened (${String(d['message'] ?? d['code'])}). Your last saved state is kept. Try again; if it happens twice, export the project first.`,
  'lesson-invalid': (d: Data) => `The lesson ${String(d['where'])} cannot be used: ${String(d['issue'])}.`,
  'snapshot-failed': (d: Data) => `Preparing the lesson stopped at “${String(d['line'])}” (status ${String(d['status'])}). What you had is kept on a branch; try again, or go on with your own project.`,
  'unknown-check': (d: Data) => `The lesson asks for a check named ${String(d['kind'])} that this lab does not have.`,
  'csv-empty': (_d: Data) => `The file is empty: it holds no row and no header. Nothing was changed. Choose a file with a header line and rows below it.`,
  'csv-no-rows': (d: Data) => `The file has a header of ${String(d['columns'])} column(s) but no row below it. Nothing was changed. Add rows, or choose another file.`,
  'csv-too-many-columns': (d: Data) => `Line ${String(d['line'])} has ${String(d['columns'])} columns; at most ${String(d['limit'])} can be used. Nothing was changed. Keep the columns you need, or check that the file is not on its side.`,
  'csv-unclosed-quote': (d: Data) => `A quote that opens on line ${String(d['line'])} is never closed, so all that follows would be one cell. Nothing was changed. Close the quote there, or double it if it is part of the text.`,
  'csv-cell-too-long': (d: Data) => `A cell on line ${String(d['line'])} is longer than ${String(d['limit'])} bytes. Nothing was changed. Check that the lines end where they should.`,
  'csv-binary': (d: Data) => `This is no text file (${d['kind'] === 'unknown' ? `a zero byte at place ${String(d['offset'])}` : `it looks like ${String(d['kind'])}`}). Nothing was changed. Export the table as CSV and choose that.`,
  'csv-too-large': (d: Data) => `The file is larger than ${String(d['limit'])} bytes. Nothing was changed. Take a part of its rows or columns.`,
  'unknown-column': (d: Data) => `There is no column “${String(d['column'])}”. Known columns: ${list(d['known'])}.`,
  'wrong-length': (d: Data) => `The column “${String(d['column'])}” has ${String(d['rows'])} rows, but the table has ${String(d['expected'])}.`,
  'columns-differ': (d: Data) => `The column “${String(d['column'])}” holds ${String(d['first'])} in one table and ${String(d['second'])} in the other, so the rows cannot be put together.`,
  'split-empty': (d: Data) => `This split leaves no row for ${d['part'] === 'train' ? 'training' : 'the test'}. Move the date or change the share.`,
  'split-needs-time': (d: Data) => d['column'] === undefined ? 'A split by time needs a time column. Name one with --time, or split at random.' : `The column “${String(d['column'])}” holds no times, so the rows cannot be split by it.`,
  'split-needs-classes': (d: Data) => `“${String(d['column'])}” has nearly as many values as rows, so there are no classes to keep in proportion. Split at random or by time.`,
  'bad-date': (d: Data) => `“${String(d['value'])}” is no date. Write it as YYYY-MM-DD, such as 2004-01-01.`,
  'bad-share': (d: Data) => `The share of test rows must lie between 0 and 1, both left out; ${String(d['share'])} does not.`,
  'target-missing': (d: Data) => `There is no column “${String(d['column'])}” to predict. Known columns: ${list(d['known'])}.`,
  'target-is-date': (d: Data) => `“${String(d['column'])}” holds dates and cannot be predicted. Choose a column of numbers or classes.`,
  'no-rows': (d: Data) => d['column'] === undefined ? 'There is no row to learn from.' : `No training row has a value of “${String(d['column'])}”, so there is nothing to learn from. Choose another target or another split.`,
  'no-features': (d: Data) => `No column is left to predict “${String(d['target'])}” from. Drop fewer columns.`,
  'one-class': (d: Data) => d['value'] === undefined ? 'All training rows are of one class, so there is nothing to tell apart. Choose another target or another split.' : `All training rows have ${String(d['column'])} = ${String(d['value'])}, so there is nothing to tell apart. Choose another target or another split.`,
  'too-many-classes': (d: Data) => `“${String(d['column'])}” has ${String(d['classes'])} classes; at most ${String(d['limit'])} can be learned. Is it a name or a number of a row?`,
};
