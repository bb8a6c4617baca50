import type { PackumentVersion } from './packument.ts';

/** Gives equal parts of a package's versions the same object, so that thousands of them take little memory. */
export interface Sharing {
  share(version: PackumentVersion): PackumentVersion;
}

export function createSharing(): Sharing {
  const known = new Map<string, unknown>();
  const shared = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    const key = JSON.stringify(value instanceof Map ? ['map', ...value] : value);
    const before = known.get(key);
    if (before !== undefined) return before as T;
    known.set(key, value);
    return value;
  };
  return {
    share: (version) => ({
      ...version,
      dependencies: shared(version.dependencies),
      optionalDependencies: shared(version.optionalDependencies),
      peerDependencies: shared(version.peerDependencies),
      bins: shared(version.bins),
      engines: shared(version.engines),
      repository: shared(version.repository),
      publishedBy: shared(version.publishedBy),
      approvedBy: shared(version.approvedBy),
      maintainers: shared(version.maintainers),
      installScripts: shared(version.installScripts),
    }),
  };
}
