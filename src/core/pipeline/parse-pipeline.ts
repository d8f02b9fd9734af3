import { LabError } from '../lab-error.js';
import { isList, isMapping, type PythonValue } from '../version/python-value.js';
import { parsePythonYaml, type YamlFile } from '../version/python-yaml.js';
import { fillString, scalarText, type Context } from './interpolate.js';
import { readPlotOptions } from './parse-plots.js';
import type { Stage, StageOutput, StageParams } from './stage.js';

const FILE = 'dvc.yaml';
const TOP_KEYS = ['stages', 'vars', 'params', 'metrics', 'plots', 'artifacts', 'datasets'];
const STAGE_KEYS = ['cmd', 'wdir', 'deps', 'params', 'vars', 'frozen', 'meta', 'desc', 'always_changed', 'outs', 'metrics', 'plots'];
const OUT_KEYS = ['cache', 'persist', 'remote', 'push', 'desc', 'type', 'labels', 'meta', 'template', 'x', 'y', 'x_label', 'y_label', 'title', 'header'];

type Mapping = { readonly [key: string]: PythonValue };

/** Reads `dvc.yaml` with `foreach`, `matrix` and `${…}` filled from `params`. Throws `bad-yaml` and `bad-pipeline` {path, line, reason}. */
export function parsePipeline(text: string, params: PythonValue): Stage[] {
  const file = parsePythonYaml(text, FILE);
  const reader = new PipelineReader(file, isMapping(params) ? params : {});
  return reader.stages();
}

class PipelineReader {
  private readonly context: Context;

  constructor(
    private readonly file: YamlFile,
    params: Mapping,
  ) {
    const top = file.value === null ? {} : file.value;
    if (!isMapping(top)) throw this.bad([], 'a mapping is expected');
    this.refuseUnknown(top, TOP_KEYS, []);
    this.context = { ...params, ...this.ownVars(top) };
    this.top = top;
  }

  private readonly top: Mapping;

  stages(): Stage[] {
    const stages = this.top['stages'] ?? {};
    if (!isMapping(stages)) throw this.bad(['stages'], 'stages is a mapping of names to stages');
    return Object.entries(stages).flatMap(([name, value]) => this.expand(name, value));
  }

  private ownVars(top: Mapping): Mapping {
    const vars = top['vars'] ?? [];
    if (!isList(vars)) throw this.bad(['vars'], 'vars is a list');
    return Object.assign({}, ...vars.filter(isMapping)) as Mapping;
  }

  private expand(name: string, value: PythonValue): Stage[] {
    const at = ['stages', name];
    if (!isMapping(value)) throw this.bad(at, 'a stage is a mapping with cmd');
    if ('foreach' in value) return this.expandForeach(name, value);
    if ('matrix' in value) return this.expandMatrix(name, value);
    return [this.readStage(name, value, at, this.context)];
  }

  private expandForeach(name: string, value: Mapping): Stage[] {
    const at = ['stages', name];
    this.refuseUnknown(value, ['foreach', 'do'], at);
    const items = this.resolve(value['foreach']!, [...at, 'foreach']);
    const body = value['do'];
    if (!isMapping(body)) throw this.bad(at, 'foreach needs do with the stage');
    if (isList(items)) {
      return items.map((item, i) => {
        const key = isMapping(item) || isList(item) ? String(i) : scalarText(item);
        return this.readStage(`${name}@${key}`, body, [...at, 'do'], { ...this.context, item, key });
      });
    }
    if (!isMapping(items)) throw this.bad([...at, 'foreach'], 'foreach is a list or a mapping');
    return Object.entries(items).map(([key, item]) => this.readStage(`${name}@${key}`, body, [...at, 'do'], { ...this.context, item, key }));
  }

  private expandMatrix(name: string, value: Mapping): Stage[] {
    const at = ['stages', name];
    const axes = value['matrix'];
    if (!isMapping(axes)) throw this.bad([...at, 'matrix'], 'matrix is a mapping of lists');
    const { matrix: _matrix, ...body } = value;
    let combinations: { key: string; item: Mapping }[] = [{ key: '', item: {} }];
    for (const [axis, raw] of Object.entries(axes)) {
      const choices = this.resolve(raw, [...at, 'matrix', axis]);
      if (!isList(choices)) throw this.bad([...at, 'matrix', axis], 'a list is expected');
      combinations = combinations.flatMap(({ key, item }) =>
        choices.map((choice, i) => {
          const part = isMapping(choice) || isList(choice) ? `${axis}${i}` : scalarText(choice);
          return { key: key === '' ? part : `${key}-${part}`, item: { ...item, [axis]: choice } };
        }),
      );
    }
    return combinations.map(({ key, item }) => this.readStage(`${name}@${key}`, body, at, { ...this.context, item, key }));
  }

  private readStage(name: string, value: Mapping, at: readonly (string | number)[], context: Context): Stage {
    this.refuseUnknown(value, STAGE_KEYS, at);
    const cmd = this.readCommand(value['cmd'], [...at, 'cmd'], context);
    if (value['wdir'] !== undefined && value['wdir'] !== '.') throw this.bad([...at, 'wdir'], 'stages run in the project folder; wdir is not supported here');
    const outs = (['outs', 'metrics', 'plots'] as const).flatMap((key) => this.readList(value[key], [...at, key]).map((item, i) => this.readOutput(item, key, [...at, key, i], context)));
    return {
      name,
      cmd,
      commands: typeof cmd === 'string' ? [cmd] : cmd,
      deps: this.readList(value['deps'], [...at, 'deps']).map((dep, i) => this.readPath(dep, [...at, 'deps', i], context)),
      params: this.readParams(value['params'], [...at, 'params'], context),
      outs,
      frozen: value['frozen'] === true,
      alwaysChanged: value['always_changed'] === true,
      ...(typeof value['desc'] === 'string' ? { desc: value['desc'] } : {}),
      line: this.file.lineOf(at),
    };
  }

  private readCommand(value: PythonValue | undefined, at: readonly (string | number)[], context: Context): string | readonly string[] {
    const lines = typeof value === 'string' ? [value] : isList(value) ? value : undefined;
    if (!lines || lines.length === 0 || lines.some((line) => typeof line !== 'string' || line.trim() === '')) throw this.bad(at, 'cmd is the command that the stage runs');
    const filled = lines.map((line) => fillString(line as string, context, this.where(at), true));
    return typeof value === 'string' ? filled[0]! : filled;
  }

  private readOutput(value: PythonValue, key: 'outs' | 'metrics' | 'plots', at: readonly (string | number)[], context: Context): StageOutput {
    const kind = ({ outs: 'out', metrics: 'metric', plots: 'plot' } as const)[key];
    if (!isMapping(value)) return { path: this.readPath(value, at, context), kind, cache: true, persist: false, push: true };
    const [[path, options] = ['', null], ...more] = Object.entries(value);
    if (more.length > 0 || !isMapping(options)) throw this.bad(at, 'an output is a path, or one path with its options');
    this.refuseUnknown(options, OUT_KEYS, at);
    return { path: this.readPath(path, at, context), kind, cache: options['cache'] !== false, persist: options['persist'] === true, push: options['push'] !== false, ...(kind === 'plot' ? { plot: readPlotOptions(options) } : {}) };
  }

  private readParams(value: PythonValue | undefined, at: readonly (string | number)[], context: Context): StageParams[] {
    const keys: string[] = [];
    const files: StageParams[] = [];
    this.readList(value, at).forEach((item, i) => {
      if (typeof item === 'string') keys.push(fillString(item, context, this.where([...at, i])));
      else if (isMapping(item)) for (const [file, list] of Object.entries(item)) files.push({ file: this.readPath(file, [...at, i], context), keys: this.readList(list, [...at, i, file]).map(String) });
      else throw this.bad([...at, i], 'a parameter is a key of params.yaml, or a file with keys');
    });
    return [...(keys.length > 0 ? [{ file: 'params.yaml', keys }] : []), ...files];
  }

  private readPath(value: PythonValue, at: readonly (string | number)[], context: Context): string {
    if (typeof value !== 'string' || value === '') throw this.bad(at, 'a path is expected');
    const path = fillString(value, context, this.where(at)).replace(/^\.\//, '').replace(/\/+$/, '');
    if (path === '' || path.startsWith('/') || path.includes('\\') || path.split('/').some((part) => part === '..' || part === '')) throw this.bad(at, `${path} is not a path inside the project`);
    return path;
  }

  private readList(value: PythonValue | undefined, at: readonly (string | number)[]): readonly PythonValue[] {
    if (value === undefined || value === null) return [];
    if (!isList(value)) throw this.bad(at, 'a list is expected');
    return value;
  }

  /** `foreach: ${models}` stands for the value itself. */
  private resolve(value: PythonValue, at: readonly (string | number)[]): PythonValue {
    const match = typeof value === 'string' ? /^\$\{([^{}]+)\}$/.exec(value.trim()) : null;
    if (!match) return value;
    const found = match[1]!.trim().split('.').reduce<PythonValue | undefined>((from, key) => (isMapping(from) ? from[key] : undefined), this.context);
    if (found === undefined) throw new LabError('unknown-value', { name: match[1]!, ...this.where(at) });
    return found;
  }

  private refuseUnknown(value: Mapping, known: readonly string[], at: readonly (string | number)[]): void {
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown !== undefined) throw this.bad([...at, unknown], `${unknown} is not a key that belongs here (${known.join(', ')})`);
  }

  private where(at: readonly (string | number)[]): { path: string; line: number } {
    return { path: FILE, line: this.file.lineOf(at) };
  }

  private bad(at: readonly (string | number)[], reason: string): LabError {
    return new LabError('bad-pipeline', { ...this.where(at), reason });
  }
}
