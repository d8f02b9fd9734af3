import { benches } from './benches.js';
import type { Figure } from './figure.js';

const only = process.argv.includes('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '').split(',') : undefined;
const unknown = only?.filter((name) => !benches.some((bench) => bench.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`no bench is named ${unknown.join(', ')}; there are ${benches.map((bench) => bench.name).join(', ')}`);
  process.exit(2);
}

const round = (value: number | undefined): string => (value === undefined ? '' : String(Number(value.toPrecision(4))));
const isOver = ({ value, bound }: Figure): boolean => bound !== undefined && !(value <= bound);

function table(figures: readonly Figure[]): string {
  const header = ['figure', 'value', 'unit', 'at most', 'reference', ''];
  const rows = figures.map((figure) => [figure.figure, round(figure.value), figure.unit, round(figure.bound), round(figure.reference), [isOver(figure) ? 'OVER' : '', figure.note ?? ''].filter(Boolean).join(' ')]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  return [header, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}

const figures: Figure[] = [];
let broken = 0;
for (const bench of benches.filter(({ name }) => only?.includes(name) ?? true)) {
  try {
    for await (const figure of bench.measure()) {
      figures.push(figure);
      console.log(JSON.stringify(figure));
    }
  } catch (cause) {
    broken++;
    console.error(`${bench.name}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
  }
}
console.log(`\n${table(figures)}`);
process.exitCode = broken > 0 || figures.some(isOver) ? 1 : 0;
