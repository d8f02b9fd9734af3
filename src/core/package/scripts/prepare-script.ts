/** `prepare.mjs` of an export: turns raw rows into a model's inputs as the plan in `recipe.json` says. Needs nothing but JavaScript. */
export const PREPARE_SCRIPT = `// Turns raw rows into the inputs of the model, as recipe.json says. A missing value is null (or left out).
// prepareRows(recipe, [{ column: value }]) gives one list of numbers for each row.
const missing = (x) => x === null || x === undefined || x === '' || Number.isNaN(x);
const acts = {
  swap: (x, { from, to }) => (from.includes(x) ? to[from.indexOf(x)] : x),
  scale: (x, { factor, offset, low, high }) => ((low === null || x > low) && (high === null || x < high) ? x * factor + offset : x),
  clip: (x, { low, high }) => Math.min(high ?? Infinity, Math.max(low ?? -Infinity, x)),
  blank: (x, { low, high }) => ((low !== null && x < low) || (high !== null && x > high) ? null : x),
  whole: (x) => (Number.isInteger(x) ? x : null),
  flag: (x) => (x === 0 || x === 1 ? x : null),
};
const clean = (x, steps) => steps.reduce((y, step) => (missing(y) ? null : acts[step.do](y, step)), missing(x) ? null : Number(x));

const codeOf = {
  level: (x, { clean: steps, levels, fill }) => {
    const y = clean(x, steps);
    return missing(y) ? fill : levels.indexOf(y);
  },
  word: (x, { codes }) => {
    const word = missing(x) ? '' : String(x);
    return Object.hasOwn(codes, word) ? codes[word] : -1;
  },
};

function prepare(x, input) {
  if (input.kind === 'number') {
    const y = clean(x, input.clean);
    return [((missing(y) ? (input.fill ?? NaN) : y) - input.offset) / input.divisor];
  }
  const code = codeOf[input.kind](x, input);
  if (input.encode === 'ordinal') return [code];
  const levels = typeof input.levels === 'number' ? input.levels : input.levels.length;
  return Array.from({ length: levels }, (_, level) => Number(level === code));
}

export const prepareRows = (recipe, rows) => rows.map((row) => recipe.inputs.flatMap((input) => prepare(row[input.name], input)));
`;
