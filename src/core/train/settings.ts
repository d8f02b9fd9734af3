import { LabError } from '../lab-error.js';
import type { Hyperparameter, HyperparameterValues } from './model.js';
import { modelOf } from './model-of.js';

/**
 * The defaults of a kind of model with the learner's values laid over them; words are read as numbers where numbers belong
 * (`32` or `32,16` for integers). Throws `unknown-model`, `unknown-hyperparameter` {name, known}, `hyperparameter-range`
 * {name, value, min, max} or `hyperparameter-type` {name, value, type}.
 */
export function settingsOf(kind: string, overrides: Readonly<Record<string, unknown>> = {}): HyperparameterValues {
  const { hyperparameters } = modelOf(kind);
  const settings: Record<string, number | string | readonly number[]> = {};
  for (const parameter of hyperparameters) settings[parameter.name] = parameter.default;
  for (const [name, value] of Object.entries(overrides)) {
    const parameter = hyperparameters.find((known) => known.name === name);
    if (!parameter) throw new LabError('unknown-hyperparameter', { name, model: kind, known: hyperparameters.map((known) => known.name) });
    settings[name] = readValue(parameter, value);
  }
  return settings;
}

function readValue(parameter: Hyperparameter, value: unknown): number | string | readonly number[] {
  if (parameter.type === 'integers') return listOf(value).map((part) => readNumber(parameter, part, true));
  if (parameter.type === 'text') return readLine(parameter, value);
  if (parameter.type !== 'choice') return readNumber(parameter, value, parameter.type === 'integer');
  if (typeof value === 'string' && parameter.choices?.includes(value)) return value;
  throw new LabError('hyperparameter-type', { name: parameter.name, value: String(value), type: 'choice', known: parameter.choices ?? [] });
}

function readLine({ name, type }: Hyperparameter, value: unknown): string {
  if (typeof value !== 'string' || value.length > 200 || /[\n\r,]/.test(value)) throw new LabError('hyperparameter-type', { name, value: String(value).slice(0, 60), type });
  return value;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value.replace(/^\[|\]$/g, '').split(/[,;x ]+/).filter((part) => part !== '');
  return [value];
}

function readNumber({ name, type, min, max }: Hyperparameter, value: unknown, whole: boolean): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || (whole && !Number.isInteger(number))) {
    throw new LabError('hyperparameter-type', { name, value: String(value), type });
  }
  if ((min !== undefined && number < min) || (max !== undefined && number > max)) {
    throw new LabError('hyperparameter-range', { name, value: number, min, max });
  }
  return number;
}
