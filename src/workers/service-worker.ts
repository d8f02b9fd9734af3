import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { relay } from './serving-relay.js';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

const served = new URL('serving/', self.registration.scope).href;

/** Windows of this lab; a tab that only shows an answer of the endpoint is none. */
async function labWindows(): Promise<readonly WindowClient[]> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter((window) => window.url.startsWith(self.registration.scope) && !window.url.startsWith(served));
}

async function serve(request: Request): Promise<Response> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.text();
  const reply = await relay({ method: request.method, path: new URL(request.url).pathname.slice(new URL(served).pathname.length), body }, labWindows);
  return new Response(reply.body, { status: reply.status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
}

self.addEventListener('fetch', (event) => {
  if (event.request.url.startsWith(served)) event.respondWith(serve(event.request));
});

// A new version waits until a reader asks for it; the first one has nobody to disturb and takes the open pages at once.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | undefined)?.type === 'looplab-replace') event.waitUntil(self.skipWaiting());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

cleanupOutdatedCaches();
precacheAndRoute([...self.__WB_MANIFEST]);
