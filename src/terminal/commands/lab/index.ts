import type { LabRead } from '../../lab-read.js';
import { alerts } from './alerts.js';
import { datasets } from './datasets.js';
import { exportZip } from './export.js';
import { journal } from './journal.js';
import { last } from './last.js';
import { runs } from './runs.js';
import { services } from './services.js';
import { status } from './status.js';
import { verify } from './verify.js';
import { versions } from './versions.js';

/** What `lab` can show beside its verbs, by name. */
export const READS: ReadonlyMap<string, LabRead> = new Map([alerts, datasets, exportZip, journal, last, runs, services, status, verify, versions].map((r) => [r.name, r]));
