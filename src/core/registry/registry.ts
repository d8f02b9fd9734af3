import { LabError } from '../lab-error.js';
import type { Task } from '../prepare/recipe.js';

/** Why and on what evidence a version was taken out of use. */
export interface Tombstone {
  readonly at: string;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, number | string>>;
}

/** A registered model version: which run, commit and data made it, and what it promised. */
export interface VersionRecord {
  readonly version: number;
  readonly runId: string;
  readonly modelKind: string;
  readonly task: Task;
  readonly commit?: string;
  readonly dataDigest: string;
  readonly modelDigest: string;
  /** RFC 3339. */
  readonly registeredAt: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly retired?: Tombstone;
}

/** The registry: for each model its versions and the aliases that point at them. */
export interface Registry {
  readonly version: 1;
  readonly models: Readonly<Record<string, { readonly versions: readonly VersionRecord[]; readonly aliases: Readonly<Record<string, number>> }>>;
}

export const EMPTY_REGISTRY: Registry = { version: 1, models: {} };

/** Adds the next version of a model; throws `bad-name` (MLflow's rule: no `/`, `:` or `%`). */
export function addVersion(registry: Registry, name: string, record: Omit<VersionRecord, 'version'>): { registry: Registry; version: number } {
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) throw new LabError('bad-name', { name });
  const model = registry.models[name] ?? { versions: [], aliases: {} };
  const version = model.versions.length + 1;
  return { version, registry: withModel(registry, name, { ...model, versions: [...model.versions, { ...record, version }] }) };
}

/** Points an alias at a version; throws `bad-alias`, `unknown-version`, `version-retired`. */
export function setAlias(registry: Registry, name: string, alias: string, version: number): Registry {
  if (!/^[\w-]{1,255}$/.test(alias) || alias === 'latest' || /^v\d+$/.test(alias)) throw new LabError('bad-alias', { alias });
  usableVersion(registry, name, version);
  const model = registry.models[name]!;
  return withModel(registry, name, { ...model, aliases: { ...model.aliases, [alias]: version } });
}

/** Takes an alias away; throws `unknown-alias`. */
export function removeAlias(registry: Registry, name: string, alias: string): Registry {
  versionByAlias(registry, name, alias);
  const model = registry.models[name]!;
  const { [alias]: _gone, ...aliases } = model.aliases;
  return withModel(registry, name, { ...model, aliases });
}

/** Leaves a tombstone in a version's place; the record stays readable. */
export function retireVersion(registry: Registry, name: string, version: number, tombstone: Tombstone): Registry {
  usableVersion(registry, name, version);
  const model = registry.models[name]!;
  const aliases = Object.fromEntries(Object.entries(model.aliases).filter(([, v]) => v !== version));
  const versions = model.versions.map((v) => (v.version === version ? { ...v, retired: tombstone } : v));
  return withModel(registry, name, { versions, aliases });
}

/** The record of a version; throws `unknown-model` or `unknown-version`. */
export function findVersion(registry: Registry, name: string, version: number): VersionRecord {
  const model = registry.models[name];
  if (!model) throw new LabError('unknown-model', { name, known: Object.keys(registry.models) });
  const record = model.versions.find((v) => v.version === version);
  if (!record) throw new LabError('unknown-version', { name, version, known: model.versions.map((v) => v.version) });
  return record;
}

/** As `findVersion`, and throws `version-retired` for a tombstone. */
export function usableVersion(registry: Registry, name: string, version: number): VersionRecord {
  const record = findVersion(registry, name, version);
  if (record.retired) throw new LabError('version-retired', { name, version, reason: record.retired.reason });
  return record;
}

/** The version an alias points at; throws `unknown-model` or `unknown-alias`. */
export function versionByAlias(registry: Registry, name: string, alias: string): number {
  const model = registry.models[name];
  if (!model) throw new LabError('unknown-model', { name, known: Object.keys(registry.models) });
  const version = model.aliases[alias];
  if (version === undefined) throw new LabError('unknown-alias', { name, alias, known: Object.keys(model.aliases) });
  return version;
}

const withModel = (registry: Registry, name: string, model: Registry['models'][string]): Registry => ({
  ...registry,
  models: { ...registry.models, [name]: model },
});
