import type { Detector } from '../detector.js';
import { chiSquare } from './chi-square.js';
import { cramerVonMises } from './cramer-von-mises.js';
import { energyDistance } from './energy-distance.js';
import { fisherExact } from './fisher-exact.js';
import { gTest } from './g-test.js';
import { hellinger } from './hellinger.js';
import { jensenShannon } from './jensen-shannon.js';
import { ks } from './ks.js';
import { kullbackLeibler } from './kullback-leibler.js';
import { lInfinity } from './l-infinity.js';
import { mannWhitney } from './mann-whitney.js';
import { psi } from './psi.js';
import { totalVariation } from './total-variation.js';
import { wasserstein } from './wasserstein.js';
import { welchT } from './welch-t.js';

/** Every drift detector; one file in this folder each. */
export const detectors: readonly Detector[] = [
  chiSquare,
  cramerVonMises,
  energyDistance,
  fisherExact,
  gTest,
  hellinger,
  jensenShannon,
  ks,
  kullbackLeibler,
  lInfinity,
  mannWhitney,
  psi,
  totalVariation,
  wasserstein,
  welchT,
];
