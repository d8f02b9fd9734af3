import * as v from 'valibot';
import { defineCheck } from '../check.js';

/** What the cleaning recipe makes of the raw data now: so many rows, columns of numbers, and nothing that the data still suggest for given columns (row keys: `row_id`). */
export const cleaned = defineCheck({
  kind: 'cleaned',
  words: ['expected', 'expected-rows', 'none', 'rows', 'text', 'suggested', 'seen'],
  args: v.strictObject({ rows: v.optional(v.number()), numbers: v.optional(v.array(v.string())), quiet: v.optional(v.array(v.string())) }),
  async look(world, { rows, numbers = [], quiet = [] }) {
    const found = await world.cleaning();
    const expected = rows !== undefined ? (['expected-rows', { rows }] as const) : (['expected', { columns: [...new Set([...numbers, ...quiet])] }] as const);
    if (!found || found.steps.length === 0) return { passed: false, seen: ['none'], expected };
    if (rows !== undefined && found.rows !== rows) return { passed: false, seen: ['rows', { rows: found.rows }], expected };
    const words = numbers.filter((name) => !found.columns.some((column) => column.name === name && column.type !== 'text'));
    if (words.length > 0) return { passed: false, seen: ['text', { columns: words }], expected };
    const open = found.suggestions.flatMap(({ step }) => columnsOf(step)).filter((name) => quiet.includes(name));
    return open.length > 0 ? { passed: false, seen: ['suggested', { columns: [...new Set(open)] }], expected } : { passed: true, seen: ['seen', { rows: found.rows, count: found.steps.length }], expected };
  },
});

const columnsOf = (step: object): string[] => {
  const { columns, column, by } = step as { columns?: readonly string[]; column?: string; by?: readonly string[] };
  return [...(columns ?? []), ...(column === undefined ? [] : [column]), ...(by ?? [])];
};
