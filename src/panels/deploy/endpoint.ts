import type { ServiceMetadata } from './infer-body.js';

/** An answer of the endpoint, with how long it took in milliseconds. */
export interface Reply {
  readonly status: number;
  readonly milliseconds: number;
  readonly body: string;
}

/** Sends a body to a service through the service worker, as any page of this site could. Rejects when nothing answers. */
export async function postInference(url: string, body: string): Promise<Reply> {
  const started = performance.now();
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return { status: response.status, body: await response.text(), milliseconds: performance.now() - started };
}

/** Asks a service for its inputs; throws when the answer is no metadata. */
export async function readMetadata(inferUrl: string): Promise<ServiceMetadata> {
  const response = await fetch(inferUrl.replace(/\/infer$/, ''), { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${response.status}`);
  return (await response.json()) as ServiceMetadata;
}

/** Whether requests of this page can reach the endpoint: `none` has no service workers at all, `waiting` is not taken over yet. */
export type Reach = 'ready' | 'waiting' | 'none';

export function reachOf(source: { readonly controller: unknown } | undefined): Reach {
  if (source === undefined) return 'none';
  return source.controller ? 'ready' : 'waiting';
}
