import { checkMarkers, checkSecrets, checkSizes } from './file-checks.js';
import { checkLock, checkMetrics, checkSeed, checkTestRows, checkYaml } from './model-checks.js';
import type { ReviewComment, ReviewedBranch } from './review.js';

/** Everything that the colleague looks for in a branch, in the order in which it is said. */
const CHECKS = [checkMarkers, checkYaml, checkSecrets, checkSizes, checkSeed, checkTestRows, checkLock, checkMetrics];

/** What the colleague has to say of a branch; [] when nothing has to be mended. */
export const reviewBranch = (branch: ReviewedBranch): ReviewComment[] => CHECKS.flatMap((check) => check(branch));
