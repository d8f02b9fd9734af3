import { expect, it } from 'vitest';
import { openLab } from './open-lab.js';

it('the pipeline to start from makes the features as prepare does, and gives the same scores', { timeout: 120_000 }, async () => {
  const lab = await openLab();
  await lab.act('collect', { dataset: 'hmda_boston' });
  await lab.act('features', { add: 'formula', name: 'burden', formula: 'payment_to_income * loan_to_value' });
  await lab.act('features', { add: 'group', name: 'usual', column: 'loan_to_value', by: 'self_employed', how: 'mean' });
  await lab.act('features', { add: 'drop', columns: ['mortgage_insurance_denied'] });
  await lab.act('prepare', { target: 'denied', split: 'random', transform: ['burden=power', 'usual=plain'] });
  await lab.act('train', { model: 'logistic' });
  await lab.act('evaluate', {});
  await lab.act('pipeline', {});
  await lab.act('reproduce', {});
  const metrics = JSON.parse(new TextDecoder().decode(await lab.platform.files.read('pipeline/metrics.json'))) as Record<string, number>;
  const ours = lab.engine.snapshot.runs[0]!.metrics;
  expect(Object.keys(metrics).length).toBeGreaterThan(3);
  for (const [name, value] of Object.entries(metrics)) expect([name, value]).toEqual([name, expect.closeTo(ours[`test.${name}`]!, 9)]);
  await lab.act('features', { remove: 1 });
  expect(JSON.stringify(await lab.engine.view('pipelineFacts', {}))).toContain('data/features.yaml');
});
