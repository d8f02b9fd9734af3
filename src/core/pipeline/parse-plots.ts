import { LabError } from '../lab-error.js';
import { isList, isMapping, type PythonValue } from '../version/python-value.js';
import { parsePythonYaml } from '../version/python-yaml.js';
import type { PlotOptions, Stage } from './stage.js';

/** A plot that `dvc.yaml` asks for: from one file. */
export interface PlotRequest extends PlotOptions {
  readonly id: string;
  readonly path: string;
}

/** The plots of `dvc.yaml`: outputs under `plots` of a stage, then the list at the top. Throws `bad-pipeline` {path, line, reason}. */
export function parsePlots(text: string, stages: readonly Stage[]): PlotRequest[] {
  const ofStages = stages.flatMap(({ outs }) => outs.filter(({ kind }) => kind === 'plot').map(({ path, plot }) => ({ id: path, path, ...plot })));
  const file = parsePythonYaml(text, 'dvc.yaml');
  const top = isMapping(file.value) ? (file.value['plots'] ?? []) : [];
  if (!isList(top)) throw new LabError('bad-pipeline', { path: 'dvc.yaml', line: file.lineOf(['plots']), reason: 'plots is a list' });
  const asked = top.flatMap((item, i): PlotRequest[] => {
    const found = readItem(item);
    if (!found) throw new LabError('bad-pipeline', { path: 'dvc.yaml', line: file.lineOf(['plots', i]), reason: 'a plot is a file, or one name with its options' });
    return found;
  });
  return [...ofStages.filter(({ path }) => !asked.some((one) => one.path === path)), ...asked];
}

function readItem(item: PythonValue): PlotRequest[] | undefined {
  if (typeof item === 'string') return [{ id: item, path: item }];
  if (!isMapping(item) || Object.keys(item).length !== 1) return undefined;
  const [id, raw] = Object.entries(item)[0]!;
  const options = raw === null ? {} : raw;
  if (!isMapping(options)) return undefined;
  const base = readPlotOptions(options);
  const y = options['y'];
  if (!isMapping(y)) return [{ id, path: id, ...base }];
  return Object.entries(y).flatMap(([path, fields]) => (isList(fields) ? fields : [fields]).map((field) => ({ ...base, id, path, y: String(field) })));
}

/** `template`, `x`, `y`, labels and title as a mapping has them. */
export function readPlotOptions(options: { readonly [key: string]: PythonValue }): PlotOptions {
  const text = (key: string): string | undefined => (typeof options[key] === 'string' ? options[key] : undefined);
  const named = { template: text('template'), x: text('x'), y: text('y'), xLabel: text('x_label'), yLabel: text('y_label'), title: text('title') };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}
