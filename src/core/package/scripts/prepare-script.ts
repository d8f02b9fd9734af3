/** Functions of formulas, as `formula-functions.ts` has them. */
const FUNCTIONS = `const none = (x) => x === null || x === undefined || Number.isNaN(x);
const sides = (test) => (a, b) => (none(a) || none(b) ? NaN : Number(test(a, b)));
const onWord = (act, otherwise) => (word, part) => (none(word) || part === null ? otherwise : act(word, part));
const functions = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b, '^': (a, b) => a ** b, minus: (x) => -x,
  '=': sides((a, b) => a === b), '!=': sides((a, b) => a !== b), '<': sides((a, b) => a < b), '<=': sides((a, b) => a <= b), '>': sides((a, b) => a > b), '>=': sides((a, b) => a >= b),
  and: (a, b) => (a === 0 || b === 0 ? 0 : a * b), or: (a, b) => (a === 1 || b === 1 ? 1 : a + b), not: (a) => 1 - a,
  if: (test, yes, no) => (test === 1 ? yes : test === 0 ? no : typeof yes === 'number' && typeof no === 'number' ? NaN : null),
  fill: (x, other) => (none(x) ? other : x), missing: (x) => Number(none(x)),
  log: Math.log, log1p: Math.log1p, log10: Math.log10, exp: Math.exp, sqrt: Math.sqrt, abs: Math.abs, sign: Math.sign, sin: Math.sin, cos: Math.cos, floor: Math.floor, ceil: Math.ceil, min: Math.min, max: Math.max,
  round: (x, digits = 0) => (Math.sign(x) * Math.round(Math.abs(x) * 10 ** digits)) / 10 ** digits,
  mod: (a, b) => a - b * Math.floor(a / b),
  lower: onWord((word) => word.toLowerCase(), null), upper: onWord((word) => word.toUpperCase(), null), trim: onWord((word) => word.trim(), null), length: onWord((word) => [...word].length, NaN),
  contains: onWord((word, part) => Number(word.includes(part)), NaN), starts: onWord((word, part) => Number(word.startsWith(part)), NaN),
  number: onWord((word) => (/^\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?\\s*$/i.test(word) ? Number(word) : NaN), NaN),
};
const formula = (e, cells) => ('value' in e ? e.value : 'column' in e ? cells[e.column] : functions[e.call](...e.of.map((part) => formula(part, cells))));`;

const DATES = `const DAY = 86400000;
const dayOfYear = (d) => Math.floor((d - Date.UTC(d.getUTCFullYear(), 0, 1)) / DAY) + 1;
const yearLength = (d) => (Date.UTC(d.getUTCFullYear() + 1, 0, 1) - Date.UTC(d.getUTCFullYear(), 0, 1)) / DAY;
const dates = {
  year: (d) => d.getUTCFullYear(), quarter: (d) => Math.ceil((d.getUTCMonth() + 1) / 3), month: (d) => d.getUTCMonth() + 1, day: (d) => d.getUTCDate(), weekday: (d) => ((d.getUTCDay() + 6) % 7) + 1,
  'day-of-year': dayOfYear, hour: (d) => d.getUTCHours(), days: (d) => d / DAY, weekend: (d) => (Number.isNaN(+d) ? NaN : Number((d.getUTCDay() + 6) % 7 > 4)),
};
// Shares of a turn: the cyclic parts of a column, and the sines and cosines of a made one.
const turns = {
  'cyclic-month': (d) => d.getUTCMonth() / 12, 'cyclic-weekday': (d) => ((d.getUTCDay() + 6) % 7) / 7, 'cyclic-year': (d) => (dayOfYear(d) - 1) / 365.2425, 'cyclic-hour': (d) => (d.getUTCHours() + d.getUTCMinutes() / 60) / 24,
  month: (d) => d.getUTCMonth() / 12, weekday: (d) => ((d.getUTCDay() + 6) % 7) / 7, 'day-of-year': (d) => (dayOfYear(d) - 1) / yearLength(d), hour: (d) => d.getUTCHours() / 24,
};
function datePart(part, time, since) {
  const d = new Date(time);
  if (part === 'days-since') return [(time - since) / DAY];
  if (part.startsWith('cyclic-')) return [Math.sin(2 * Math.PI * turns[part](d)), Math.cos(2 * Math.PI * turns[part](d))];
  const wave = /^(.*)-(sin|cos)$/.exec(part);
  return [wave ? Math[wave[2]](2 * Math.PI * turns[wave[1]](d)) : dates[part](d)];
}
const isoDate = (time) => (time % DAY === 0 ? new Date(time).toISOString().split('T')[0] : new Date(time).toISOString().replace('.000Z', 'Z'));
// A time that names no zone is UTC.
const readDate = (x) => (typeof x === 'string' ? Date.parse(/T\\d\\d:\\d\\d[\\d:.]*$/.test(x.replace(' ', 'T')) ? x.replace(' ', 'T') + 'Z' : x) : Number(x));`;

const INPUTS = `const rise = (x, lambda) => (Math.abs(lambda) < 1e-12 ? Math.log(x) : Math.expm1(lambda * Math.log(x)) / lambda);
const power = (x, { method, lambda }) => (method === 'box-cox' ? rise(x, lambda) : x >= 0 ? rise(x + 1, lambda) : -rise(1 - x, 2 - lambda));
const scaled = (x, { offset, divisor }) => (x - offset) / divisor;
const filled = (x, fill) => (Number.isNaN(x) ? (fill ?? NaN) : x);
const flags = (length, at) => Array.from({ length }, (_, place) => Number(place === at));

const inputs = {
  number: (x, input) => {
    const y = scaled(filled(x, input.fill), input);
    return [input.clip ? Math.min(input.clip[1], Math.max(input.clip[0], y)) : y];
  },
  power: (x, input) => [scaled(power(filled(input.method === 'box-cox' && !(x > 0) ? NaN : x, input.fill), input), input)],
  bins: (x, { fill, edges, bins, codes }) => {
    const y = filled(x, fill);
    const bin = Number.isNaN(y) ? NaN : edges.slice(1, -1).filter((edge) => y >= edge).length;
    return codes ? [bin] : flags(bins, bin);
  },
  dates: (x, { fill, parts }) => parts.flatMap((part) => datePart(part.part, filled(x, fill)).map((y) => scaled(y, part))),
  level: (x, { encode, levels, fill, means, unknown }) => {
    const code = none(x) ? fill : levels.indexOf(x);
    return encode === 'target' ? (means[code] ?? unknown) : encode === 'ordinal' ? [code] : flags(levels.length, code);
  },
  terms: (x, { tokens, vocabulary, idf, sublinear }) => {
    const counts = vocabulary.map(() => 0);
    for (const term of none(x) ? [] : termsOf(x, tokens)) if (vocabulary.includes(term)) counts[vocabulary.indexOf(term)] += 1;
    const damped = counts.map((count) => (sublinear && count > 0 ? 1 + Math.log(count) : count));
    if (!idf) return damped;
    const weights = damped.map((count, at) => count * idf[at]);
    const length = Math.hypot(...weights) || 1;
    return weights.map((weight) => weight / length);
  },
};

// The mean of the nearest rows, by the distance over the columns that both know.
function fromNeighbours({ columns, rows, means }, name, k, cells) {
  const own = columns.findIndex((column) => column.name === name);
  const x = columns.map((column) => scaled(cells[column.name], column));
  const near = rows.flatMap((row) => {
    const gaps = row.flatMap((value, j) => (value === null || Number.isNaN(x[j]) ? [] : [(x[j] - value) ** 2]));
    return gaps.length === 0 || row[own] === null ? [] : [{ far: Math.sqrt((x.length / gaps.length) * gaps.reduce((a, b) => a + b, 0)), value: row[own] }];
  });
  const found = near.sort((a, b) => a.far - b.far).slice(0, k);
  const mean = found.length > 0 ? found.reduce((sum, { value }) => sum + value, 0) / found.length : means[own];
  return mean * columns[own].divisor + columns[own].offset;
}

function mix(given, x) {
  if (given.kind === 'polynomial') return given.terms.map((term) => term.reduce((product, at) => product * x[at], 1));
  return given.components.map((component) => component.reduce((sum, weight, i) => sum + weight * (x[given.places[i]] - given.mean[i]), 0));
}`;

/** `prepare.mjs` of an export: turns raw rows into a model's inputs as the plan in `recipe.json` says. Needs nothing but JavaScript, and `terms.mjs` beside it where there are texts. */
export const prepareScript = (texts: boolean): string => `// Turns raw rows into the inputs of the model, as the plan in recipe.json says. A missing value is null (or left out); dates are ISO texts.
// prepareRows(recipe, [{ column: value }]) gives one list of numbers for each row.
${texts ? "import { termsOf } from './terms.mjs';\n" : ''}
${FUNCTIONS}

${DATES}

const acts = {
  swap: (x, { from, to }) => (from.includes(x) ? to[from.indexOf(x)] : x),
  scale: (x, { factor, offset, low, high }) => ((low === null || x > low) && (high === null || x < high) ? x * factor + offset : x),
  clip: (x, { low, high }) => Math.min(high ?? Infinity, Math.max(low ?? -Infinity, x)),
  blank: (x, { low, high }) => ((low !== null && x < low) || (high !== null && x > high) ? null : x),
  whole: (x) => (Number.isInteger(x) ? x : null),
  flag: (x) => (x === 0 || x === 1 ? x : null),
};
// Cells are numbers with NaN, or words with null, for missing.
const read = {
  word: (x, { swap }) => (none(x) || x === '' ? null : Object.hasOwn(swap, String(x)) ? swap[String(x)] || null : String(x)),
  number: (x, { kind, clean }) => clean.reduce((y, act) => (none(y) ? NaN : acts[act.do](y, act)), none(x) || x === '' ? NaN : kind === 'date' ? readDate(x) : Number(x)) ?? NaN,
};
const words = (x, type) => (none(x) ? null : type === 'boolean' ? (x === 0 ? 'false' : 'true') : type === 'date' ? isoDate(x) : String(x));

const make = {
  formula: ({ name, value }, cells) => {
    const made = formula(value, cells);
    return { [name]: typeof made !== 'number' ? made : Number.isFinite(made) ? made : NaN };
  },
  dates: ({ column, parts, since }, cells) => Object.fromEntries(parts.map(({ name, part }) => [name, datePart(part, cells[column], since)[0]])),
  pair: ({ name, of }, cells) => {
    const [a, b] = of.map((part) => words(cells[part.name], part.type));
    return { [name]: a === null || b === null ? null : a + ' × ' + b };
  },
  figures: ({ name, by, levels, figures, other }, cells) => {
    const at = levels.indexOf(none(cells[by]) ? null : cells[by]);
    return { [name]: (at < 0 ? other : figures[at]) ?? NaN };
  },
};

${INPUTS}

function prepare({ columns, made, neighbours, inputs: steps, kept, mixes, shares }, row) {
  const cells = Object.fromEntries(columns.map((column) => [column.name, (column.kind === 'word' ? read.word : read.number)(row[column.name], column)]));
  for (const feature of made) Object.assign(cells, make[feature.do](feature, cells));
  const all = steps.flatMap((step) => {
    const raw = cells[step.name];
    const x = step.neighbours && Number.isNaN(raw) ? fromNeighbours(neighbours, step.name, step.neighbours, cells) : raw;
    return [...inputs[step.kind](x, step), ...(step.flag ? [Number(none(raw))] : [])];
  });
  const x = mixes.length === 0 ? all : [...kept.map((place) => all[place]), ...mixes.flatMap((given) => mix(given, all))];
  const total = shares ? x.reduce((sum, value) => sum + value, 0) || 1 : 1;
  return x.map((value) => value / total);
}

export const prepareRows = (recipe, rows) => rows.map((row) => prepare(recipe.plan, row));
`;
