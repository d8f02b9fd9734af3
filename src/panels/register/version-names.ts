import type { VersionSummary } from '../../lab/views/snapshot.js';

/** The registry's rule for names, which a service can carry too. */
export const canName = (name: string): boolean => /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name.trim());

/** The target as a name that the registry takes. */
export function suggestName(target: string | undefined): string {
  const plain = (target ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[-0-9]+|-+$/g, '');
  return plain === '' ? 'model' : plain;
}

/** The number that the next version of a model will get. */
export const nextVersion = (versions: readonly VersionSummary[], model: string): number =>
  versions.reduce((most, version) => (version.model === model ? Math.max(most, version.version) : most), 0) + 1;

/** The newest version that a run has become, if any. */
export const versionOfRun = (versions: readonly VersionSummary[], runId: string): VersionSummary | undefined => versions.findLast((version) => version.runId === runId);
