/** Asks the browser to keep the data; false when it may wipe them when space runs short. */
export async function askToPersist(storage: StorageManager | undefined = navigator.storage): Promise<boolean> {
  if (!storage?.persist) return false;
  // asked for anew each time, because a browser may say yes later, once the site is used more
  return (await storage.persisted()) || (await storage.persist().catch(() => false));
}
