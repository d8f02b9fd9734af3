import { describe, expect, it } from 'vitest';
import { BOX, layOutGraph } from '../../src/panels/pipeline/graph-layout.js';
import { PipelineRun, shellWord } from '../../src/panels/pipeline/pipeline-run.svelte.js';
import type { Project } from '../../src/state/project.svelte.js';

describe('the drawing of a pipeline', () => {
  const stages = [{ name: 'a', needs: [] }, { name: 'b', needs: [] }, { name: 'c', needs: ['a', 'b'] }, { name: 'd', needs: ['a', 'c'] }];
  it.each([false, true])('puts each stage after what it needs, and none over another (upright %s)', (upright) => {
    const { stages: placed, edges, width, height } = layOutGraph(stages, upright);
    const at = (name: string) => placed.find((stage) => stage.name === name)!;
    const along = (name: string): number => (upright ? at(name).y : at(name).x);
    expect(along('a')).toBe(along('b'));
    expect(along('c')).toBeGreaterThan(along('b'));
    expect(along('d')).toBeGreaterThan(along('c'));
    for (const one of placed) {
      expect(one.x + BOX.width <= width && one.y + BOX.height <= Math.ceil(height)).toBe(true);
      for (const other of placed) if (one !== other) expect(Math.abs(one.x - other.x) >= BOX.width || Math.abs(one.y - other.y) >= BOX.height).toBe(true);
    }
    expect(edges).toHaveLength(4);
  });
});

describe('a run in the panel', () => {
  it('knows from the words which stage is at work and how each ended', async () => {
    const seen: object[] = [];
    const say = (onOutput: (text: string) => void): void => {
      onOutput("Stage 'a' didn't change, skipping\nStage 'b@1-2' is cached - skipping run, checking out outputs\n");
      onOutput("Running stage 'c':\n> node src/c.ts\n");
      seen.push({ ...run.outcomes });
      onOutput("Running stage 'd':\n");
    };
    const client = { call: async (_name: string, _payload: object, { onOutput }: { onOutput: (text: string) => void }) => (say(onOutput), { status: 255, folder: '/' }) };
    const run: PipelineRun = new PipelineRun({ client } as unknown as Project);
    await run.start('dvc repro', 'en');
    expect(seen).toEqual([{ a: 'skipped', 'b@1-2': 'from-cache', c: 'running' }]);
    expect(run.outcomes).toEqual({ a: 'skipped', 'b@1-2': 'from-cache', c: 'ran', d: 'failed' });
    expect([run.running, run.failed]).toEqual([false, true]);
  });
  it('quotes names for the shell', () => {
    expect(['train', 'fit@a-1', "o'k $(x)"].map(shellWord)).toEqual(['train', 'fit@a-1', "'o'\\''k $(x)'"]);
  });
});
