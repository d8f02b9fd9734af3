import type { Statistic } from './feature-step.js';
import { addNumber, addPart, figureOf, medianOfSorted, noFigures, type Figures } from './figures.js';

const BLOCK = 64;

/** The values of one group in order of time. */
export class TimeLine {
  readonly times: number[] = [];
  readonly values: number[] = [];
  /** Figures of each whole block of values, so that a long window is not added up value by value. */
  private blocks: Figures[] | undefined;

  /** Takes the next value; times must not go back. */
  add(time: number, value: number): void {
    this.times.push(time);
    this.values.push(value);
  }

  /** Place of the first time that is not before `limit`. */
  firstFrom(limit: number): number {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle]! < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The figure of the values from place `start` up to, but without, `end`; it depends on nothing after `end`. */
  figure(how: Exclude<Statistic, 'median'>, start: number, end: number): number {
    this.blocks ??= Array.from({ length: Math.floor(this.values.length / BLOCK) }, (_, i) => this.figuresOf(i * BLOCK, (i + 1) * BLOCK));
    const [first, last] = [Math.ceil(start / BLOCK), Math.floor(end / BLOCK)];
    if (first >= last) return figureOf(how, this.figuresOf(start, end));
    const figures = this.figuresOf(start, first * BLOCK);
    for (let i = first; i < last; i++) addPart(figures, this.blocks[i]!);
    for (let at = last * BLOCK; at < end; at++) addNumber(figures, this.values[at]!);
    return figureOf(how, figures);
  }

  private figuresOf(start: number, end: number): Figures {
    const figures = noFigures();
    for (let at = start; at < end; at++) addNumber(figures, this.values[at]!);
    return figures;
  }
}

/** Median of a window that only moves forward over a line. */
export class MovingMedian {
  private readonly sorted: number[] = [];
  private start = 0;
  private end = 0;

  constructor(private readonly values: readonly number[]) {}

  /** Median of the values from `start` up to, but without, `end`; neither may be less than the last time. */
  at(start: number, end: number): number {
    for (; this.end < end; this.end++) this.change(this.values[this.end]!, 0);
    for (; this.start < start; this.start++) this.change(this.values[this.start]!, 1);
    return medianOfSorted(this.sorted);
  }

  /** Puts a value in its place, or takes `gone` of it out. */
  private change(value: number, gone: 0 | 1): void {
    if (Number.isNaN(value)) return;
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    if (gone === 1) this.sorted.splice(low, 1);
    else this.sorted.splice(low, 0, value);
  }
}
