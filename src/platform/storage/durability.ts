import type { StorageReport } from '../../lab/project-info.js';

/** Bytes used and allowed for the whole site, and whether the browser promised to keep them. */
export async function reportStorage(storage: StorageManager | undefined = navigator.storage): Promise<StorageReport> {
  const { usage = 0, quota = 0 } = (await storage?.estimate?.()) ?? {};
  return { used: usage, quota, persistent: (await storage?.persisted?.()) ?? false };
}
