import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { relay } from './serving-relay.js';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

const served = new URL('serving/', self.registration.scope).href;
/** The data API lies at the root of the site's folder, so its paths keep their first word. */
const api = new URL('api/', self.registration.scope).href;
const isAnswered = (url: string): boolean => url.startsWith(served) || url.startsWith(api);

/** Windows of this lab; a tab that only shows an answer of the endpoint is none. */
async function labWindows(): Promise<readonly WindowClient[]> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter((window) => window.url.startsWith(self.registration.scope) && !isAnswered(window.url));
}

async function serve(request: Request): Promise<Response> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.text();
  const { pathname, search } = new URL(request.url);
  const from = request.url.startsWith(api) ? new URL(self.registration.scope) : new URL(served);
  const asked = { method: request.method, path: pathname.slice(from.pathname.length), body, query: search.slice(1), headers: Object.fromEntries(request.headers) };
  const reply = await relay(asked, labWindows);
  return new Response(request.method === 'HEAD' ? null : reply.body, { status: reply.status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...reply.headers } });
}

self.addEventListener('fetch', (event) => {
  if (isAnswered(event.request.url)) event.respondWith(serve(event.request));
});

// A new version waits until a reader asks for it; the first one has nobody to disturb and takes the open pages at once.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | undefined)?.type === 'looplab-replace') event.waitUntil(self.skipWaiting());
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

cleanupOutdatedCaches();
precacheAndRoute([...self.__WB_MANIFEST]);
