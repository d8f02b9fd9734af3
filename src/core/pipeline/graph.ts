import { LabError } from '../lab-error.js';
import type { Stage } from './stage.js';

/** Stages and who needs whom: `needs.get(a)` are the stages whose outputs `a` reads. */
export interface PipelineGraph {
  readonly stages: ReadonlyMap<string, Stage>;
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Ties stages together by their files. Throws `duplicate-stage`, `duplicate-output`, `overlapping-output`, `pipeline-cycle` with the lines. */
export function buildGraph(stages: readonly Stage[]): PipelineGraph {
  const byName = new Map<string, Stage>();
  for (const stage of stages) {
    if (byName.has(stage.name)) throw new LabError('duplicate-stage', { stage: stage.name, line: stage.line });
    byName.set(stage.name, stage);
  }
  const outputs = stages.flatMap((stage) => stage.outs.map(({ path }) => ({ path, stage })));
  refuseClashes(outputs);
  const needs = new Map(stages.map((stage) => [stage.name, needsOf(stage, outputs)]));
  const graph = { stages: byName, needs };
  runOrder(graph, [...byName.keys()]);
  return graph;
}

/** Stages in the order in which DVC runs them (depth first, needs before), for some targets; throws `pipeline-cycle`. */
export function runOrder({ stages, needs }: PipelineGraph, targets: readonly string[]): Stage[] {
  const order: Stage[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (state.get(name) === 'done') return;
    const line = stages.get(name)!.line;
    if (state.get(name) === 'open') throw new LabError('pipeline-cycle', { stages: [...trail.slice(trail.indexOf(name)), name], line });
    state.set(name, 'open');
    for (const needed of needs.get(name) ?? []) visit(needed, [...trail, name]);
    state.set(name, 'done');
    order.push(stages.get(name)!);
  };
  for (const name of targets) {
    if (!stages.has(name)) throw new LabError('unknown-stage', { stage: name, known: [...stages.keys()] });
    visit(name, []);
  }
  return order;
}

/** Stages that read, directly or not, what `name` makes; itself first. */
export function downstreamOf({ needs }: PipelineGraph, name: string): string[] {
  const found = [name];
  for (const reached of found) for (const [stage, needed] of needs) if (needed.includes(reached) && !found.includes(stage)) found.push(stage);
  return found;
}

function needsOf(stage: Stage, outputs: readonly { path: string; stage: Stage }[]): string[] {
  const makers = outputs.filter((out) => stage.deps.some((dep) => within(dep, out.path) || within(out.path, dep))).map((out) => out.stage.name);
  return [...new Set(makers)];
}

function refuseClashes(outputs: readonly { path: string; stage: Stage }[]): void {
  for (const [i, one] of outputs.entries()) {
    for (const other of outputs.slice(i + 1)) {
      const data = { path: other.path, stages: [one.stage.name, other.stage.name], line: other.stage.line };
      if (one.path === other.path) throw new LabError('duplicate-output', data);
      if (within(one.path, other.path) || within(other.path, one.path)) throw new LabError('overlapping-output', { ...data, other: one.path });
    }
  }
}
