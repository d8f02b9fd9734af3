/** Where a stage stands, in pixels from the start of the drawing. */
export interface PlacedStage {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** Stages in layers and the curves between them. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly stages: readonly PlacedStage[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
}

export const BOX = { width: 168, height: 64 };
const GAP = { along: 56, across: 20 };

/** Places each stage one layer after the last that it needs: layers side by side, or below one another when `upright`. */
export function layOutGraph(stages: readonly { readonly name: string; readonly needs: readonly string[] }[], upright: boolean): GraphLayout {
  const depths = depthsOf(stages);
  const layers: string[][] = [];
  for (const { name } of stages) (layers[depths.get(name)!] ??= []).push(name);
  const [along, across] = upright ? [BOX.height + GAP.along * 0.7, BOX.width + GAP.across] : [BOX.width + GAP.along, BOX.height + GAP.across];
  const widest = Math.max(1, ...layers.map((layer) => layer.length));
  const placed = layers.flatMap((layer, depth) =>
    layer.map((name, i): PlacedStage => {
      const [a, c] = [depth * along, (i + (widest - layer.length) / 2) * across];
      return upright ? { name, x: c, y: a } : { name, x: a, y: c };
    }),
  );
  const [long, wide] = [layers.length * along - (upright ? GAP.along * 0.7 : GAP.along), widest * across - GAP.across];
  const at = (name: string): PlacedStage => placed.find((stage) => stage.name === name)!;
  const edges = stages.flatMap(({ name, needs }) => needs.map((needed) => ({ from: needed, to: name, path: curve(at(needed), at(name), upright) })));
  return { width: Math.max(0, upright ? wide : long), height: Math.max(0, upright ? long : wide), stages: placed, edges };
}

function depthsOf(stages: readonly { readonly name: string; readonly needs: readonly string[] }[]): Map<string, number> {
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const needs = stages.find((stage) => stage.name === name)?.needs ?? [];
    const depth = Math.max(-1, ...needs.map(depthOf)) + 1;
    depths.set(name, depth);
    return depth;
  };
  for (const { name } of stages) depthOf(name);
  return depths;
}

function curve(from: PlacedStage, to: PlacedStage, upright: boolean): string {
  const [x1, y1] = upright ? [from.x + BOX.width / 2, from.y + BOX.height] : [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = upright ? [to.x + BOX.width / 2, to.y - 6] : [to.x - 6, to.y + BOX.height / 2];
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2];
  return upright ? `M${x1},${y1} C${x1},${my} ${x2},${my} ${x2},${y2}` : `M${x1},${y1} C${mx},${y1} ${mx},${y2} ${x2},${y2}`;
}
