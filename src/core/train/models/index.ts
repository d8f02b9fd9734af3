import type { ModelDefinition } from '../model.js';
import { denseNet } from './dense-net.js';
import { dummy } from './dummy.js';
import { linear } from './linear.js';
import { logistic } from './logistic.js';

/** Every kind of model; one file in this folder each. */
export const models: readonly ModelDefinition[] = [stored(dummy), stored(linear), stored(logistic), stored(denseNet)];

/** The same model for a state that comes from storage, where its type is not known. */
function stored<State>(model: ModelDefinition<State>): ModelDefinition {
  return { ...model, predict: (state, x, task, classes) => model.predict(state as State, x, task, classes) };
}
