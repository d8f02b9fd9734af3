import { LabError } from '../lab-error.js';
import type { ModelDefinition } from './model.js';
import { models } from './models/index.js';

/** The definition of a kind; throws `LabError('unknown-model', {kind, known})`. */
export function modelOf(kind: string): ModelDefinition {
  const found = models.find((model) => model.kind === kind);
  if (!found) throw new LabError('unknown-model', { kind, known: models.map((model) => model.kind) });
  return found;
}
