/** A program that tries everything and writes what it got to `ways.json`; `url` is an address that would answer. */
export const WAYS = (url: string): string => `
import { writeJson } from 'looplab';
const g = globalThis as any;
const url = ${JSON.stringify(url)};
const roots = (): any => (0, function (this: any) { return this; }).call(undefined) ?? g;
const ways: Record<string, () => unknown> = {
  fetch: () => g.fetch(url),
  'fetch of the prototype': () => Object.getPrototypeOf(g).fetch.call(g, url),
  XMLHttpRequest: () => { const x = new g.XMLHttpRequest(); x.open('GET', url, false); x.send(); return x.responseText; },
  WebSocket: () => new g.WebSocket(url.replace('http', 'ws')),
  EventSource: () => new g.EventSource(url),
  WebTransport: () => new g.WebTransport(url),
  sendBeacon: () => g.navigator.sendBeacon(url, 'x'),
  importScripts: () => g.importScripts(url + 'x.js'),
  'import of an address': () => Function('u', 'return import(u)')(url + 'x.js'),
  'import of node:fs': () => Function('return import("node:fs")')(),
  'require of node:fs': () => g.require('node:fs').readFileSync('/etc/passwd', 'utf8'),
  'process': () => g.process.env,
  'process by a constructor': () => [].constructor.constructor('return process')().mainModule,
  'process by a binding': () => g.process.binding('fs'),
  indexedDB: () => g.indexedDB.open('looplab-default'),
  'databases': () => g.indexedDB.databases(),
  caches: () => g.caches.keys(),
  'OPFS': () => g.navigator.storage.getDirectory(),
  localStorage: () => g.localStorage.length,
  cookie: () => g.document.cookie,
  'parent page': () => g.parent.document.title,
  'top page': () => g.top.location.href,
  'window': () => g.window.document,
  'own address': () => g.location.origin,
  'locks': () => g.navigator.locks.query(),
  BroadcastChannel: () => { const c = new g.BroadcastChannel('looplab:default'); c.postMessage('saved'); return c; },
  'a worker of its own': () => new g.Worker('data:text/javascript,fetch(' + JSON.stringify(url) + ')'),
  'a shared worker': () => new g.SharedWorker(url + 'x.js'),
  'a service worker': () => g.navigator.serviceWorker.register(url + 'x.js'),
  'a message to the page': () => g.postMessage({ type: 'done', files: [['forged', new Uint8Array(1)]] }),
  'a message by the prototype': () => Object.getPrototypeOf(g).postMessage.call(g, { type: 'done', files: [] }),
  'a font': () => new g.FontFace('x', 'url(' + url + ')').load(),
  'a stack frame': () => { (Error as any).prepareStackTrace = (_: unknown, f: any[]) => f.map((c) => c.getFunction?.()).filter(Boolean); const s = new Error().stack as any; (Error as any).prepareStackTrace = undefined; if (s.length > 0 && typeof s[0] === 'function') return s; throw new Error('strict'); },
  'a caller': () => (function f(): any { return (f as any).caller; })(),
  'the loader': () => roots().load ?? (() => { throw new Error('none'); })(),
  'other files': () => (require as any)('../secret.js'),
};
const found: Record<string, string> = {};
const nothing = (cause: unknown): string => 'nothing: ' + String(cause).slice(0, 80);
for (const [name, way] of Object.entries(ways)) {
  try {
    const got = way();
    if (got === undefined || got === null) found[name] = 'nothing: ' + got;
    else if (typeof (got as any).then === 'function') {
      found[name] = 'waiting';
      (got as Promise<unknown>).then((v) => (found[name] = 'got ' + String(v)), (cause) => (found[name] = nothing(cause)));
    } else found[name] = 'got ' + String(got);
  } catch (cause) {
    found[name] = nothing(cause);
  }
}
(globalThis as any).foundWays = found;
Promise.resolve().then(() => Promise.resolve()).then(() => { for (const k of Object.keys(found)) if (found[k] === 'waiting') found[k] = 'got a promise'; writeJson('ways.json', found); });
`;
