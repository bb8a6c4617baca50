import { newCapabilities } from '../../core/know/capabilities/record.ts';
import type { PackumentVersion } from '../../core/know/registry/documents/packument.ts';
import { compareHashes, hashesFrom, registryHashes } from '../../core/read/lockfile/model/entry-hashes.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { VerifiedCode } from '../../core/show/verify/verified-package.ts';
import type { AbortSignalLike, Ports } from '../ports.ts';
import type { ProjectFacts } from '../registry/project-facts.ts';

interface CodeContext {
  readonly ports: Pick<Ports, 'http' | 'proofs' | 'clock' | 'cache'>;
  readonly facts: ProjectFacts;
  readonly signal?: AbortSignalLike | undefined;
  readonly tarball: Uint8Array;
  /** The version to compare with. */
  readonly before: string | undefined;
}

/** Checks whether a downloaded file is the one that the registry describes, as far as it gives a hash. */
export function isRegistryFile(
  digests: ReadonlyMap<string, string>,
  { proof }: Pick<PackumentVersion, 'proof'>,
): boolean {
  const given = registryHashes(proof?.integrity, proof?.shasum);
  return compareHashes(given, hashesFrom(digests)).result !== 'other';
}

/** Reads what a downloaded version can do, and compares it with an earlier one, whose tarball it downloads if needed. */
export async function codeOf(
  { project, name }: { readonly project: Project; readonly name: string },
  version: PackumentVersion,
  { ports, facts, signal, tarball, before }: CodeContext,
): Promise<VerifiedCode | undefined> {
  const { recordOfBytes, recordOfTarball } = await import('../inspect/inspect.ts');
  const own = { name, version: version.version, integrity: version.proof?.integrity };
  const record = await recordOfBytes(own, tarball, ports);
  if (record === undefined || before === undefined) return record && { record, since: undefined };
  await facts.ensure({ kind: 'version', name, version: before }, { signal });
  const fact = facts.version(name, before);
  const earlier =
    fact.state === 'ready'
      ? await recordOfTarball({ project, name, version: fact.value }, ports, signal)
      : undefined;
  const since =
    earlier === undefined || 'reason' in earlier
      ? undefined
      : { version: before, found: newCapabilities(earlier, record) };
  return { record, since };
}
