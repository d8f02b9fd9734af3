import { expect, it } from 'vitest';
import { openReplay } from '../lessons/replay.js';

it('judges a run again on the rows of its own data, not on days of a world that it does not know', async () => {
  const replay = await openReplay();
  for (const line of ['lab collect --dataset chicago_ridership', 'lab collect --dataset concrete', 'lab prepare --target compressive_strength --split group', 'lab train --model linear --name c', 'lab evaluate --run c'])
    expect((await replay.type(line)).status, line).toBe(0);
  const { runs } = replay.engine.snapshot;
  const found = (await replay.engine.view('recompute', { run: runs[0]!.id })) as { rows: number; metrics: Readonly<Record<string, number>> };
  expect([found.rows, found.metrics['rmse']]).toEqual([runs[0]!.metrics['test.rows'], runs[0]!.metrics['test.rmse']]);
});
