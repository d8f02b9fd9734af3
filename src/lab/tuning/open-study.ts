import { parseDimension } from '../../core/automl/search-space.js';
import { checkSamePlan, type SearchMethod, type Study, type StudyPlan } from '../../core/automl/study.js';
import { mainMetric } from '../../core/evaluate/metric-names.js';
import { LabError } from '../../core/lab-error.js';
import { modelOf } from '../../core/train/model-of.js';
import { requirePointer } from '../project/artefacts.js';
import { readJson } from '../project/files.js';
import { PATHS, studyPath } from '../project/paths.js';
import type { VerbContext } from '../verb.js';

/** The flags of a search. */
export interface SearchFlags {
  readonly model?: string;
  readonly search?: readonly string[];
  readonly method?: string;
  readonly trials?: number;
  readonly seconds?: number;
  readonly workers?: number;
  readonly folds?: number;
  readonly steps?: number;
  readonly starts?: number;
  readonly seed?: number;
  readonly name?: string;
}

/** So many trials of TPE can run at once unless the learner says otherwise; not the machine's width, so that every machine finds the same. */
const WIDTH = 4;

const RANGES = { trials: [1, 1000], folds: [2, 1000], steps: [2, 1000], starts: [2, 1000], workers: [1, 16] } as const;

/** The search of that name to go on with, or a new one. Throws `flag-value`, `flag-required`, `study-differs`, and what a bad space throws. */
export async function openStudy({ platform, session }: VerbContext, args: SearchFlags): Promise<Study> {
  for (const [key, [low, high]] of Object.entries(RANGES)) {
    const value = args[key as keyof typeof RANGES];
    if (value !== undefined && (!Number.isInteger(value) || value < low || value > high)) throw new LabError('flag-value', { flag: `--${key}`, value: String(value), expected: `${low} … ${high}` });
  }
  if (args.seconds !== undefined && args.seconds <= 0) throw new LabError('flag-value', { flag: '--seconds', value: String(args.seconds), expected: '> 0' });
  const name = args.name ?? 'search';
  if (!/^[\w-]{1,64}$/.test(name)) throw new LabError('flag-value', { flag: '--name', value: name, expected: 'letters, digits, _ and -' });
  const known = await readJson<Study>(platform, studyPath(name));
  const prepared = await requirePointer(platform, PATHS.prepared, 'prepare');
  if (known && args.model === undefined && args.search === undefined) {
    checkSamePlan(known, { ...known, preparedDigest: prepared.md5 });
    return known;
  }
  const plan = planOf(args, name, prepared.md5);
  if (known) {
    checkSamePlan(known, plan);
    return known;
  }
  const { recipe } = await session.artefacts.prepared(prepared.md5);
  return { ...plan, version: 1, metric: mainMetric(recipe.task).name, trials: [] };
}

function planOf(args: SearchFlags, name: string, preparedDigest: string): StudyPlan {
  if (args.model === undefined) throw new LabError('flag-required', { flag: '--model', command: 'lab tune' });
  if (!args.search?.length) throw new LabError('flag-required', { flag: '--search', command: 'lab tune' });
  const model = modelOf(args.model);
  const { hyperparameters, trainer } = model;
  const space = args.search.map((dimension) => parseDimension(dimension, model));
  // A net that is stopped early is cheap without losing rows; not when the epochs themselves are searched.
  const epochs = trainer === 'net' && hyperparameters.some(({ name }) => name === 'epochs') && !space.some((dimension) => dimension.name === 'epochs');
  return {
    name, model: args.model, method: (args.method ?? 'tpe') as SearchMethod, space, preparedDigest,
    steps: args.steps ?? 4, starts: args.starts ?? 27, folds: args.folds ?? 3, seed: args.seed ?? 7, width: args.workers ?? WIDTH, ...(epochs ? { budget: 'epochs' } : {}),
  };
}
