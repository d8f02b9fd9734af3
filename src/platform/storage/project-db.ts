import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** One database for each project: file bodies by inode, folder records by path, data objects in parts, and who owns it. */
export interface ProjectSchema extends DBSchema {
  files: { key: number; value: Uint8Array };
  tree: { key: string; value: string };
  objects: { key: [id: string, part: number]; value: Uint8Array };
  about: { key: 'owner' | 'sizes'; value: string };
}

export type ProjectDb = IDBPDatabase<ProjectSchema>;

export const STORES = ['files', 'tree', 'objects', 'about'] as const;

const VERSION = 1;
const TRIES = 5;
const RETRY_MS = 200;
const nameOf = (project: string): string => `looplab-${project}`;

/** Opens (and makes) the database of a project; it closes itself when another tab deletes or upgrades it. */
export async function openProjectDb(project: string, onClosed: () => void = () => undefined): Promise<ProjectDb> {
  for (let tries = 1; ; tries++) {
    try {
      return await openOnce(project, onClosed);
    } catch (error) {
      // a browser that was just killed may hold the files for a moment
      if (tries === TRIES || !(error instanceof Error) || error.name !== 'UnknownError') throw error;
      await new Promise((wait) => setTimeout(wait, RETRY_MS));
    }
  }
}

const openOnce = (project: string, onClosed: () => void): Promise<ProjectDb> =>
  openDB<ProjectSchema>(nameOf(project), VERSION, {
    upgrade(db, from) {
      if (from < 1) for (const store of STORES) db.createObjectStore(store);
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
