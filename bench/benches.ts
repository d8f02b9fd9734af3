import type { Bench } from './figure.js';
import { roleC } from './role-c.js';

/** All benches, in the order in which they run. */
export const benches: readonly Bench[] = [roleC];
