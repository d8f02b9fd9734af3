import { baselines } from './baselines.js';
import { denseNet } from './dense-net.js';
import { durableCommit } from './durable-commit.js';
import { exportOfProject } from './export.js';
import type { Bench } from './figure.js';
import { firstScreen } from './first-screen.js';
import { gitSpeed } from './git-speed.js';
import { largeCsv } from './large-csv.js';
import { mainThread } from './main-thread.js';
import { millionRequests } from './million-requests.js';
import { roleC } from './role-c.js';
import { trees } from './trees.js';
import { tuning } from './tuning.js';

/** All benches, in the order in which they run. */
export const benches: readonly Bench[] = [firstScreen, mainThread, durableCommit, millionRequests, roleC, baselines, trees, denseNet, tuning, largeCsv, exportOfProject, gitSpeed];
