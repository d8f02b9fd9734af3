import type { ColumnFacts, DatasetFacts } from '../../core/table/dataset-facts.js';
import type { WorldSummary } from '../../lab/views/snapshot.js';

type Injection = WorldSummary['injections'][number];

/** A sensor that reports something else now than the truth: value × factor + offset, since the last change. */
export interface ChangedSensor {
  readonly column: string;
  readonly factor: number;
  readonly offset: number;
  readonly from: string;
}

/** The sensors that are still changed after all injections, in the order of their columns' first change. */
export function changedSensors(injections: readonly Injection[]): ChangedSensor[] {
  const sensors = new Map<string, ChangedSensor>();
  for (const { column, factor, offset, from } of injections) {
    const before = sensors.get(column) ?? { factor: 1, offset: 0 };
    sensors.set(column, { column, factor: before.factor * factor, offset: before.offset * factor + offset, from });
  }
  // An undoing change leaves what rounding leaves.
  return [...sensors.values()].filter(({ factor, offset }) => Math.abs(factor - 1) > 1e-9 || Math.abs(offset) > 1e-9);
}

/** What a temperature in Fahrenheit turns into. */
export const CELSIUS = '\u2066(x − 32) × 5/9\u2069';

/** What arrives instead of x, such as `x × 0.5556 − 17.78`; formulas are read left to right in every language. */
export function formulaOf(factor: number, offset: number, number: (value: number) => string): string {
  const product = factor === 1 ? 'x' : `x × ${number(factor)}`;
  const sum = offset === 0 ? product : `${product} ${offset < 0 ? '−' : '+'} ${number(Math.abs(offset))}`;
  return `\u2066${sum}\u2069`;
}

/** Whether a column is a temperature in Fahrenheit; the change of one has no zero to shift. */
export const isFahrenheit = ({ name, unit }: Pick<ColumnFacts, 'name' | 'unit'>): boolean => unit === 'deg F' && !name.endsWith('_change');

/** The columns that a device measures: numbers with a unit that are not to be predicted; all other numbers when none has a unit. */
export function sensorsOf(set: DatasetFacts | undefined): readonly ColumnFacts[] {
  const numbers = (set?.columns ?? []).filter(({ type, name, role }) => (type === 'number' || type === 'integer') && name !== set?.target && !role?.startsWith('target'));
  const measured = numbers.filter(({ unit }) => unit !== undefined);
  return measured.length > 0 ? measured : numbers;
}
