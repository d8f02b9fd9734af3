import { metricsOfTask } from '../../core/evaluate/metric-names.js';
import type { Task } from '../../core/prepare/recipe.js';
import type { Messages } from '../../i18n/en.js';

const GREATER = new Set(Object.values(metricsOfTask).flatMap((metrics) => metrics.filter(({ greaterIsBetter }) => greaterIsBetter).map(({ name }) => name)));

/** Whether more of a metric is better, by its name without `test.` or `train.`. */
export const greaterIsBetter = (metric: string): boolean => GREATER.has(metric);

/** The metrics shown for a task, the main one first. */
export const metricNamesOf = (task: Task): readonly string[] => metricsOfTask[task].map(({ name }) => name);

/** A metric's name in the reader's language; an unknown one keeps its own. */
export const metricName = (t: Pick<Messages, 'evaluate'>, metric: string): string => t.evaluate.metrics[metric]?.name ?? metric;

/** What a metric says, in a few words; empty when unknown. */
export const metricMeaning = (t: Pick<Messages, 'evaluate'>, metric: string): string => t.evaluate.metrics[metric]?.means ?? '';

/** A kind of model in the reader's language; an unknown one keeps its own name. */
export const modelName = (t: Pick<Messages, 'train'>, kind: string): string => t.train.models[kind]?.name ?? kind;
