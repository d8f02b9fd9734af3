import { LabError } from '../lab-error.js';
import type { Matrix } from '../table/table.js';
import { modelOf } from './model-of.js';
import type { FittedModel, HyperparameterValues, TrainingData, TrainingProgress } from './model.js';
import { checkTrainingData } from './training-data.js';

export { settingsOf } from './settings.js';

/**
 * Fits a model whose trainer is `core`, giving progress as it goes. Throws `no-rows`, `not-finite`, `one-class`, `wrong-task`
 * {model, task}, `needs-net-trainer`, and `diverged` when what was fitted is not finite.
 */
export function* fitModel(
  kind: string,
  data: TrainingData,
  settings: HyperparameterValues,
  seed: number,
): Generator<TrainingProgress, FittedModel> {
  checkFitting(kind, data);
  const { fit } = modelOf(kind);
  if (!fit) throw new LabError('needs-net-trainer', { model: kind });
  const state = yield* fit(data, settings, seed);
  return fittedModel(kind, data, settings, seed, state);
}

/** Refuses a task that the model cannot do and data that it cannot learn from, before any trainer starts. */
export function checkFitting(kind: string, data: TrainingData): void {
  const { tasks, missingAllowed = false, check } = modelOf(kind);
  if (!tasks.includes(data.task)) throw new LabError('wrong-task', { model: kind, task: data.task, known: tasks });
  checkTrainingData(data, { oneClassAllowed: kind === 'dummy', missingAllowed });
  check?.(data);
}

/** Puts a trained state, such as a net trainer's, into the form that is stored and served. */
export function fittedModel(kind: string, data: TrainingData, settings: HyperparameterValues, seed: number, state: unknown): FittedModel {
  const model: FittedModel = { version: 1, kind, task: data.task, classes: data.classes, hyperparameters: settings, seed, state };
  const probe = { rows: 1, columns: data.x.columns, data: data.x.data.slice(0, data.x.columns) };
  if (!predict(model, probe).every(Number.isFinite)) throw new LabError('diverged', { model: kind });
  return model;
}

/** Regression: n values; binary: n probabilities of class 1; multiclass: n × classes probabilities, row by row. */
export function predict(model: FittedModel, x: Matrix): Float64Array {
  return modelOf(model.kind).predict(model.state, x, model.task, model.classes);
}
