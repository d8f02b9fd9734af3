/** Keeps small bodies in memory, the last used ones, up to a number of bytes. */
export interface BodyCache {
  get(key: number): Uint8Array | undefined;
  set(key: number, body: Uint8Array): void;
  delete(key: number): void;
  clear(): void;
}

/** `limit` is for all bodies together, in bytes; bodies over a sixteenth of it are not kept. */
export function createBodyCache(limit: number): BodyCache {
  const bodies = new Map<number, Uint8Array>();
  let held = 0;
  const drop = (key: number): void => {
    held -= bodies.get(key)?.length ?? 0;
    bodies.delete(key);
  };
  return {
    get(key) {
      const body = bodies.get(key);
      if (!body) return undefined;
      bodies.delete(key);
      bodies.set(key, body);
      return body;
    },
    set(key, body) {
      drop(key);
      if (body.length > limit / 16) return;
      bodies.set(key, body);
      held += body.length;
      for (const oldest of bodies.keys()) {
        if (held <= limit) break;
        drop(oldest);
      }
    },
    delete: drop,
    clear() {
      bodies.clear();
      held = 0;
    },
  };
}
