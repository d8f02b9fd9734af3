import { DAY_MS } from '../../calendar.js';
import type { DatePart as FeaturePart } from '../../features/feature-step.js';
import type { DatePart } from '../../prepare/date-parts.js';
import type { Pieces } from './cells.js';

const YEAR_DAYS = 365.2425;

/** Parts of dates in milliseconds since 1970-01-01 UTC; the calendar is Hinnant's `civil_from_days`, in whole numbers of 8 bytes. NaN stays. */
export class CalendarNodes {
  readonly #found = new Map<string, string>();

  constructor(
    private readonly pieces: Pieces,
    private readonly time: string,
  ) {}

  /** The numbers of one part of a recipe's step: one, or the two of a cyclic part. */
  inputParts(part: DatePart): string[] {
    const { math } = this.pieces;
    switch (part) {
      case 'cyclic-month':
        return this.#circle(math('Div', math('Sub', this.#of('month'), 1), 12));
      case 'cyclic-weekday':
        return this.#circle(math('Div', math('Sub', this.#of('weekday'), 1), 7));
      case 'cyclic-year':
        return this.#circle(math('Div', math('Sub', this.#of('day-of-year'), 1), YEAR_DAYS));
      case 'cyclic-hour':
        return this.#circle(math('Div', math('Add', this.#of('hour'), math('Div', this.#of('minute'), 60)), 24));
      case 'days':
        return [math('Div', this.time, DAY_MS)];
      default:
        return [this.#of(part)];
    }
  }

  /** The number of one part of a feature's step; `since` is in milliseconds. */
  featurePart(part: FeaturePart, since: number | null): string {
    const { math, where, count, is, graph } = this.pieces;
    const [stem, wave] = /^(.*)-(sin|cos)$/.exec(part)?.slice(1) ?? [];
    switch (stem) {
      case 'month':
      case 'weekday':
        return this.#circle(math('Div', math('Sub', this.#of(stem), 1), stem === 'month' ? 12 : 7))[wave === 'sin' ? 0 : 1]!;
      case 'day-of-year':
        return this.#circle(math('Div', math('Sub', this.#of(stem), 1), math('Add', this.#of('leap'), 365)))[wave === 'sin' ? 0 : 1]!;
      case 'hour':
        return this.#circle(math('Div', this.#of(stem), 24))[wave === 'sin' ? 0 : 1]!;
    }
    if (part === 'days-since') return math('Div', math('Sub', this.time, since ?? 0), DAY_MS);
    if (part === 'quarter') return graph.add('Ceil', [math('Div', this.#of('month'), 3)]);
    if (part === 'weekend') return where(graph.add('IsNaN', [this.time]), graph.scalar(NaN), count(is('Greater', this.#of('weekday'), 5)));
    return this.#of(part);
  }

  /** Sine and cosine of a share of a turn; ONNX Runtime has no cosine in 8 bytes. */
  #circle(share: string): [string, string] {
    const { math, graph } = this.pieces;
    const angle = math('Mul', share, 2 * Math.PI);
    return [graph.add('Sin', [angle]), graph.add('Sin', [math('Add', angle, Math.PI / 2)])];
  }

  #of(part: string): string {
    const known = this.#found.get(part);
    if (known !== undefined) return known;
    const value = this.#made(part);
    this.#found.set(part, value);
    return value;
  }

  #made(part: string): string {
    const { math, where, floor, is } = this.pieces;
    const whole = (value: string, by: number): string => floor(math('Div', value, by));
    const rest = (value: string, by: number): string => math('Sub', value, math('Mul', whole(value, by), by));
    const own = (name: string): string => this.#of(name);
    switch (part) {
      case 'days':
        return whole(this.time, DAY_MS);
      case 'hour':
        return whole(rest(this.time, DAY_MS), 3_600_000);
      case 'minute':
        return whole(rest(this.time, 3_600_000), 60_000);
      case 'weekday':
        return math('Add', rest(math('Add', own('days'), 3), 7), 1);
      // Years of the Gregorian calendar that begin in March, in eras of 400 of them.
      case 'shifted':
        return math('Add', own('days'), 719_468);
      case 'day-of-era':
        return rest(own('shifted'), 146_097);
      case 'year-of-era': {
        const day = own('day-of-era');
        return whole(math('Sub', math('Add', math('Sub', day, whole(day, 1460)), whole(day, 36_524)), whole(day, 146_096)), 365);
      }
      case 'day-of-march': {
        const year = own('year-of-era');
        return math('Sub', own('day-of-era'), math('Sub', math('Add', math('Mul', year, 365), whole(year, 4)), whole(year, 100)));
      }
      case 'month-of-march':
        return whole(math('Add', math('Mul', own('day-of-march'), 5), 2), 153);
      case 'month': {
        const month = own('month-of-march');
        return where(is('Less', month, 10), math('Add', month, 3), math('Sub', month, 9));
      }
      case 'day':
        return math('Add', math('Sub', own('day-of-march'), whole(math('Add', math('Mul', own('month-of-march'), 153), 2), 5)), 1);
      case 'year': {
        const year = math('Add', own('year-of-era'), math('Mul', whole(own('shifted'), 146_097), 400));
        return where(is('LessOrEqual', own('month'), 2), math('Add', year, 1), year);
      }
      case 'leap': {
        const by = (years: number): string => this.pieces.count(is('Equal', rest(own('year'), years), 0));
        return math('Add', math('Sub', by(4), by(100)), by(400));
      }
      default: {
        const day = own('day-of-march');
        return where(is('Greater', own('month'), 2), math('Add', math('Add', day, own('leap')), 60), math('Sub', day, 305));
      }
    }
  }
}
