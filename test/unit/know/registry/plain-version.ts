import type {
  Packument,
  PackumentVersion,
} from '../../../../server/src/core/know/registry/documents/packument.ts';

/** Returns a version with all members read, for comparisons: those of a record are read on demand. */
export function plainVersion(version: PackumentVersion): PackumentVersion {
  const { proof } = version;
  return {
    ...version,
    dependencies: new Map(version.dependencies),
    optionalDependencies: new Map(version.optionalDependencies),
    peerDependencies: new Map(version.peerDependencies),
    engines: new Map(version.engines),
    installScripts: new Map(version.installScripts),
    proof: proof && {
      integrity: proof.integrity,
      shasum: proof.shasum,
      signatures: proof.signatures,
      gitHead: proof.gitHead,
    },
  };
}

export function plainPackument(packument: Packument): Packument {
  const versions = [...packument.versions].map(([key, version]) => [key, plainVersion(version)] as const);
  return { ...packument, versions: new Map(versions) };
}
