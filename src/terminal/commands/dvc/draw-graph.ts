/** Boxes of a graph in layers, sources on top, joined by stars, as `dvc dag` draws one. */
export function drawGraph(names: readonly string[], edges: readonly (readonly [string, string])[]): string {
  if (names.length === 0) return '';
  const layers = layersOf(names, edges);
  const width = Math.max(...layers.map((layer) => layer.reduce((sum, name) => sum + boxWidth(name), 3 * (layer.length - 1))));
  const centres = new Map(layers.flatMap((layer) => placeLayer(layer, width)));
  const lines: string[] = [];
  layers.forEach((layer, depth) => {
    lines.push(...boxes(layer, centres, width));
    if (depth + 1 < layers.length) lines.push(...joints(edges, layers, depth, centres, width));
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

const boxWidth = (name: string): number => name.length + 4;

/** Each name one layer below the lowest that it needs. */
function layersOf(names: readonly string[], edges: readonly (readonly [string, string])[]): string[][] {
  const depth = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depth.get(name);
    if (known !== undefined) return known;
    const needs = edges.filter(([, to]) => to === name).map(([from]) => depthOf(from));
    depth.set(name, Math.max(-1, ...needs) + 1);
    return depth.get(name)!;
  };
  const layers: string[][] = [];
  for (const name of names) (layers[depthOf(name)] ??= []).push(name);
  return layers;
}

function placeLayer(layer: readonly string[], width: number): [string, number][] {
  let at = Math.floor((width - layer.reduce((sum, name) => sum + boxWidth(name), 3 * (layer.length - 1))) / 2);
  return layer.map((name) => {
    const centre = at + Math.floor(boxWidth(name) / 2);
    at += boxWidth(name) + 3;
    return [name, centre];
  });
}

function boxes(layer: readonly string[], centres: ReadonlyMap<string, number>, width: number): string[] {
  const rows = [0, 1, 2].map(() => Array.from({ length: width }, () => ' '));
  for (const name of layer) {
    const start = centres.get(name)! - Math.floor(boxWidth(name) / 2);
    const rule = `+${'-'.repeat(name.length + 2)}+`;
    [rule, `| ${name} |`, rule].forEach((text, row) => [...text].forEach((letter, i) => (rows[row]![start + i] = letter)));
  }
  return rows.map((row) => row.join(''));
}

/** Three lines of stars for every edge that passes from a layer to a lower one. */
function joints(edges: readonly (readonly [string, string])[], layers: readonly (readonly string[])[], depth: number, centres: ReadonlyMap<string, number>, width: number): string[] {
  const layerOf = new Map(layers.flatMap((layer, i) => layer.map((name) => [name, i] as const)));
  const rows = [0, 1, 2].map(() => Array.from({ length: width }, () => ' '));
  for (const [from, to] of edges) {
    const [start, end] = [layerOf.get(from)!, layerOf.get(to)!];
    if (start > depth || end <= depth) continue;
    rows.forEach((row, i) => {
      const along = (depth - start + (i + 1) / 4) / (end - start);
      row[Math.round(centres.get(from)! + (centres.get(to)! - centres.get(from)!) * along)] = '*';
    });
  }
  return rows.map((row) => row.join(''));
}
