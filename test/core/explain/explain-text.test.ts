import { describe, expect, it } from 'vitest';
import { explainText } from '../../../src/core/explain/explain-text.js';
import { applyTextVectors, fitTextVectors } from '../../../src/core/prepare/text-vectors.js';
import type { TextStep } from '../../../src/core/prepare/recipe.js';
import { predict } from '../../../src/core/train/fit.js';
import type { FittedModel } from '../../../src/core/train/model.js';

const vectors = fitTextVectors(['refund my order', 'card declined', 'my card', 'order late'], { weighting: 'tf-idf' });
const step: TextStep = { kind: 'text', name: 'text', type: 'text', vectors };
const placeOf = (term: string): number => vectors.vocabulary.indexOf(term);
const coefficients = [vectors.vocabulary.map((_, at) => at / 3), vectors.vocabulary.map((_, at) => (at % 2 === 0 ? 1 : -2))];
const linear: FittedModel = { version: 1, kind: 'text-linear', task: 'binary', classes: 2, hyperparameters: {}, seed: 0, state: { coefficients, intercepts: [0.1, 0.4], iterations: 1, converged: true } };
const TEXT = 'Refund my CARD, my شكرا order!';

const explain = (model: FittedModel, text: string) => {
  const ask = (texts: readonly string[]): Float64Array => predict(model, applyTextVectors(vectors, texts));
  return explainText({ step, text, row: applyTextVectors(vectors, [text]).data, placeOf, model, output: 1, ask });
};

describe('a text explained by its words', () => {
  it('in closed form: shares and intercepts add up to the log-odds', () => {
    const { method, unit, words, pieces, unknown } = explain(linear, TEXT);
    expect([method, unit]).toEqual(['linear', 'log-odds']);
    expect(pieces.map(({ text }) => text).join('')).toBe(TEXT);
    expect(words.map(({ term, count }) => [term, count])).toEqual([['refund', 1], ['my', 2], ['card', 1], ['order', 1]]);
    expect(unknown).toEqual(['شكرا']);
    const p = predict(linear, applyTextVectors(vectors, [TEXT]))[0]!;
    expect(words.reduce((sum, { share }) => sum + share, 0) + 0.3).toBeCloseTo(Math.log(p / (1 - p)), 10);
  });

  it('by leaving words out: what the prediction loses', () => {
    const logistic: FittedModel = { ...linear, kind: 'logistic', state: { coefficients: [coefficients[1]!], intercepts: [0.2], iterations: 1, converged: true } };
    const { method, words } = explain(logistic, TEXT);
    expect(method).toBe('occlusion');
    const [whole, without] = predict(logistic, applyTextVectors(vectors, [TEXT, 'Refund   ,   شكرا order!']));
    expect(words.find(({ term }) => term === 'my')!.share).toBeCloseTo(whole! - predict(logistic, applyTextVectors(vectors, ['Refund CARD order']))[0]!, 12);
    expect(without).not.toBe(whole);
  });

  it('says nothing of an empty text, or of one without a known word', () => {
    expect(explain(linear, '')).toMatchObject({ pieces: [], words: [], unknown: [] });
    expect(explain(linear, '?!')).toMatchObject({ pieces: [{ text: '?!' }], words: [], unknown: [] });
  });
});
