import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/lab/train.js';
import { settingsOf } from '../../src/core/train/settings.js';
import { modelOf } from '../../src/core/train/model-of.js';
import { lossFacts } from '../../src/panels/train/loss-facts.js';
import { defaultsOf, readWholeNumbers, settingsToSend } from '../../src/panels/train/training-form.js';

const net = modelOf('dense-net').hyperparameters;

describe('settings', () => {
  it('sends nothing when nothing was changed', () => {
    for (const kind of ['dummy', 'linear', 'logistic', 'dense-net']) {
      const { hyperparameters } = modelOf(kind);
      expect(settingsToSend(hyperparameters, defaultsOf(hyperparameters))).toEqual([]);
    }
  });
  it('sends what the verb reads back as the same values', () => {
    const sent = settingsToSend(net, { ...defaultsOf(net), layers: '64 32, 8', epochs: 5, learningRate: 1e-7 })!;
    expect(sent).toEqual(['layers=64x32x8', 'epochs=5', 'learningRate=1e-7']);
    expect(settingsOf('dense-net', readSettings(sent))).toMatchObject({ layers: [64, 32, 8], epochs: 5, learningRate: 1e-7, batch: 64 });
  });
  it.each([
    ['32, 16', [32, 16]],
    ['٣٢، ١٦', [32, 16]],
    ['8', [8]],
    ['16x4', [16, 4]],
    ['', undefined],
    ['0, 4', undefined],
    ['3.5', undefined],
    ['-2', undefined],
    ['two', undefined],
    ['4096', undefined],
  ])('reads "%s" as %j', (typed, expected) => expect(readWholeNumbers(typed, { min: 1, max: 1024 })).toEqual(expected));
  it('refuses to send layers that cannot be read', () => {
    expect(settingsToSend(net, { ...defaultsOf(net), layers: '0' })).toBeUndefined();
  });
});

describe('a loss curve', () => {
  const point = (done: number, loss: number, validationLoss?: number) => ({ done, total: 10, loss, ...(validationLoss === undefined ? {} : { validationLoss }) });
  it('says where the loss on the rows held back was least and that it rose', () => {
    const facts = lossFacts([point(1, 9, 8), point(2, 4, 5), point(3, 2, 6), point(4, 1, 7)])!;
    expect(facts).toEqual({ steps: 4, first: 9, last: 1, best: { at: 2, loss: 5 }, rose: true });
  });
  it('does not call noise a rise', () => {
    expect(lossFacts([point(1, 9, 8), point(2, 4, 5), point(3, 2, 5.05)])!.rose).toBe(false);
  });
  it('has no best without held back rows and nothing without points', () => {
    expect(lossFacts([point(1, 9)])).toEqual({ steps: 1, first: 9, last: 9, rose: false });
    expect(lossFacts([])).toBeUndefined();
  });
});
