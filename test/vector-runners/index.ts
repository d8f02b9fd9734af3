import { abTests } from './ab-tests.js';
import { crossValidation } from './cross-validation.js';
import { driftCategorical } from './drift-categorical.js';
import { driftNumeric } from './drift-numeric.js';
import { explainability } from './explainability.js';
import { fairness } from './fairness.js';
import { metricsBinary } from './metrics-binary.js';
import { metricsMulticlass } from './metrics-multiclass.js';
import { metricsRegression } from './metrics-regression.js';
import { preprocessing } from './preprocessing.js';
import type { VectorRunner } from './runner.js';
import { smallModels } from './small-models.js';
import { streamDetectors } from './stream-detectors.js';

/** Every kind of vector file that we can run. */
export const runners: readonly VectorRunner[] = [
  abTests,
  crossValidation,
  driftCategorical,
  driftNumeric,
  explainability,
  fairness,
  metricsBinary,
  metricsMulticlass,
  metricsRegression,
  preprocessing,
  smallModels,
  streamDetectors,
];
