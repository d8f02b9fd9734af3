import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/tokens.css', 'utf8');
const tokens = new Map([...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(([, name, light, dark]) => [name!, { light: light!, dark: dark! }]));

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(first: string, second: string): number {
  const [dark, light] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

const GROUNDS = ['ground', 'surface', 'sunken'];
const text = ['ink', 'ink-soft', 'accent', 'accent-strong', 'good', 'warn', 'bad', 'info'].flatMap((ink) => GROUNDS.map((ground) => [ink, ground]));
const onSoft = ['good', 'warn', 'bad', 'info', 'accent'].flatMap((tone) => [[tone, `${tone}-soft`], ['ink', `${tone}-soft`]]);
const filled = [['accent-ink', 'accent'], ['accent-ink', 'accent-strong'], ['ground', 'good'], ['ground', 'warn'], ['ink-soft', 'accent-soft'], ['accent-strong', 'accent-soft']];
const graphic = [...['line-strong', 'accent'].flatMap((line) => GROUNDS.map((ground) => [line, ground])), ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => [[`chart-${n}`, 'surface'], [`chart-${n}`, 'ground']])];

describe.each(['light', 'dark'] as const)('%s tokens', (theme) => {
  const ratio = ([ink, ground]: string[]): number => contrast(tokens.get(ink!)![theme], tokens.get(ground!)![theme]);
  it.each([...text, ...onSoft, ...filled])('%s on %s reads as text (4.5)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(graphic)('%s on %s is seen as a shape (3.0)', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3);
  });
});

describe('the measure itself', () => {
  it('gives the known extremes', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
  it('has found the tokens', () => {
    expect(tokens.size).toBeGreaterThan(25);
  });
});

describe('the type scale', () => {
  it('has the ratio 1.2', () => {
    const sizes = [...css.matchAll(/--size-\w+: ([\d.]+)rem/g)].map((match) => Number(match[1]));
    for (let i = 1; i < sizes.length; i++) expect(sizes[i]! / sizes[i - 1]!).toBeCloseTo(1.2, 2);
  });
});
