import { describe, expect, it } from 'vitest';
import type { ExplanationReport } from '../../src/lab/explain.js';
import { openLab } from './open-lab.js';

const explained = async (lab: Awaited<ReturnType<typeof openLab>>, args = {}): Promise<{ report: ExplanationReport; lines: readonly string[] }> => {
  const { lines } = await lab.act('explain', args);
  return { report: JSON.parse(new TextDecoder().decode(await lab.platform.files.read('reports/explanation.json'))) as ExplanationReport, lines };
};

describe('an explanation', () => {
  it('of a text names its words', { timeout: 60_000 }, async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'support_requests' });
    await lab.act('prepare', { transform: ['text=tfidf:300'] });
    await lab.act('train', { model: 'text-linear', set: ['iterations=60'] });
    const { report, lines } = await explained(lab, { row: 3 });
    const [text] = report.texts!;
    expect(text).toMatchObject({ column: 'text', method: 'linear', unit: 'score' });
    expect(text!.pieces.map((piece) => piece.text).join('')).toBe(report.cells['text']);
    expect(text!.words.length).toBeGreaterThan(0);
    expect(lines.join('\n')).toContain(`text: ${text!.words[0]!.term}`);
  });

  it('of a made column says where it comes from, and changes what it comes from', { timeout: 60_000 }, async () => {
    const lab = await openLab();
    await lab.act('collect', { dataset: 'hmda_boston' });
    await lab.act('features', { add: 'combine', name: 'burden', of: ['payment_to_income', 'loan_to_value'], how: 'product' });
    await lab.act('prepare', { target: 'denied', split: 'random', drop: ['mortgage_insurance_denied', 'payment_to_income'] });
    await lab.act('train', { model: 'logistic' });
    const { report } = await explained(lab, { row: 1, fixed: ['loan_to_value'] });
    expect(report.made).toEqual([{ name: 'burden', how: 'payment_to_income * loan_to_value', from: ['payment_to_income', 'loan_to_value'], history: false }]);
    const changed = new Set(report.counterfactuals!.found.flatMap(({ changes }) => changes.map(({ name }) => name)));
    expect(changed.size).toBeGreaterThan(0);
    expect(changed.has('burden') || changed.has('loan_to_value')).toBe(false);
  });
});
