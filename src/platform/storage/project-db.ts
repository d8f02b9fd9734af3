import { wrap, type DBSchema, type IDBPDatabase } from 'idb';

/**
 * One database for each project: file bodies by inode, folder records by path, data objects in parts, and about it all: who owns it,
 * the sizes of the objects, the number of the last commit (`stamp`) and the keys that it wrote (`last`).
 */
export interface ProjectSchema extends DBSchema {
  files: { key: number; value: Uint8Array };
  tree: { key: string; value: string };
  objects: { key: [id: string, part: number]; value: Uint8Array };
  about: { key: 'owner' | 'sizes' | 'stamp' | 'last'; value: string };
}

export type ProjectDb = IDBPDatabase<ProjectSchema>;

export const STORES = ['files', 'tree', 'objects', 'about'] as const;

const VERSION = 1;
const TRIES = 5;
const RETRY_MS = 200;

/** Opens (and makes) the database of a project; it closes itself when another tab deletes or upgrades it. */
export async function openProjectDb(project: string, onClosed: () => void = () => undefined, factory: IDBFactory = indexedDB): Promise<ProjectDb> {
  for (let tries = 1; ; tries++) {
    try {
      return await openOnce(project, onClosed, factory);
    } catch (error) {
      // a browser that was just killed may hold the files for a moment
      if (tries === TRIES || !(error instanceof Error) || error.name !== 'UnknownError') throw error;
      await new Promise((wait) => setTimeout(wait, RETRY_MS));
    }
  }
}

function openOnce(project: string, onClosed: () => void, factory: IDBFactory): Promise<ProjectDb> {
  const request = factory.open(`looplab-${project}`, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) for (const store of STORES) request.result.createObjectStore(store);
  };
  return new Promise((done, failed) => {
    request.onerror = () => failed(request.error ?? new Error('indexedDB.open'));
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = onClosed;
      database.onversionchange = () => {
        database.close();
        onClosed();
      };
      done(wrap(database) as unknown as ProjectDb);
    };
  });
}
