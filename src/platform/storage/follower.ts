import { LabError } from '../../core/lab-error.js';
import { alignDbs, stampOf, type Mirror } from './mirror.js';
import type { ProjectDb } from './project-db.js';
import { claimDb, isQuota, writeBatch, type Batch, type OwnerClaim } from './write-batch.js';

/** Does the work, and when the disk is full once more without the mirror. */
export async function makingRoom(second: Follower | undefined, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isQuota(error) || !(await second?.drop())) throw error;
    await work();
  }
}

/** Keeps the mirror level with the database. */
export interface Follower {
  start(): Promise<void>;
  follow(batch: Batch): Promise<void>;
  /** Gives its room back; false when there is none to give. */
  drop(): Promise<boolean>;
}

/** A mirror that cannot be written is given up for this session: what is saved stays saved. */
export function createFollower(db: ProjectDb, mirror: Mirror, owner: string): Follower {
  let works = true;
  let claim: OwnerClaim | undefined;
  const drop = async (): Promise<boolean> => {
    // while the database itself is empty, the mirror may be all there is
    if (!works || (await stampOf(db)) === 0) return false;
    works = false;
    await mirror.drop();
    return true;
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (!works) return;
    try {
      await work();
    } catch (error) {
      // a part of a copy is of no use, and takes room from the project
      if (isQuota(error)) await drop().catch(() => undefined);
      works = false;
    }
  };
  const start = async (): Promise<void> => {
    await alignDbs(db, mirror.db);
    claim = await claimDb(mirror.db, owner);
  };
  return {
    drop,
    // when the database itself was thrown away, a failure must be told: an empty project must not take its place
    start: async () => ((await stampOf(db)) === 0 && (await stampOf(mirror.db)) > 0 ? start() : attempt(start)),
    follow: (batch) => attempt(() => (claim ? writeBatch(mirror.db, claim, batch) : Promise.reject(new LabError('read-only')))),
  };
}
