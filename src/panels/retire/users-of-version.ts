import type { ServiceSummary, VersionSummary } from '../../lab/views/snapshot.js';

/** Who still uses a version: a service, a manifest in `deploy/`, an alias, or callers that name the version (with the last day). */
export type VersionUser =
  | { readonly kind: 'service' | 'manifest' | 'alias'; readonly name: string }
  | { readonly kind: 'requests'; readonly name: string; readonly last: string };

/** What the page can see by itself before it asks: services and the champion's alias. */
export function knownUsers({ model, version, aliases }: VersionSummary, services: readonly ServiceSummary[]): VersionUser[] {
  const serving = services.filter((service) => service.model === model && service.version === version).map(({ name }) => ({ kind: 'service' as const, name }));
  return [...serving, ...aliases.filter((alias) => alias === 'champion').map((name) => ({ kind: 'alias' as const, name }))];
}

/** Reads the users that a refusal names, such as `service ridership` or `requests to /versions/1 (last on 2008-01-01)`. */
export function readUsers(users: readonly string[]): VersionUser[] {
  return users.map((words) => {
    const requests = /^requests to (\S+) \(last on (\S+)\)$/.exec(words);
    if (requests) return { kind: 'requests', name: requests[1]!, last: requests[2]! };
    const named = /^(service|alias) (.+)$/.exec(words);
    return named ? { kind: named[1] as 'service' | 'alias', name: named[2]! } : { kind: 'manifest', name: words };
  });
}
