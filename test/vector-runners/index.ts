import { driftCategorical } from './drift-categorical.js';
import { driftNumeric } from './drift-numeric.js';
import { metricsBinary } from './metrics-binary.js';
import { metricsMulticlass } from './metrics-multiclass.js';
import { metricsRegression } from './metrics-regression.js';
import type { VectorRunner } from './runner.js';
import { smallModels } from './small-models.js';

/** Every kind of vector file that we can run. */
export const runners: readonly VectorRunner[] = [driftCategorical, driftNumeric, metricsBinary, metricsMulticlass, metricsRegression, smallModels];
