import type { AttestationVerdict } from '../../../know/proof/judge-attestation.ts';
import type { PackumentVersion } from '../../../know/registry/documents/packument.ts';
import type { VersionChanges } from '../../../know/registry/releases/version-changes.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import { judgementOf, verifyChecks } from '../../verify/checks.ts';
import type { VerifiedCode, VerifiedPackage } from '../../verify/verified-package.ts';
import { capabilitiesJson } from '../inspect/capabilities-json.ts';

/**
 * Returns the results of `verify` as JSON text with a trailing newline; null means unknown. The form is stable: members
 * may be added in later versions, none is renamed or removed.
 */
export function verifyJson(found: VerifiedPackage): string {
  const checks = verifyChecks(found);
  const { name, asked, chosen, registry, packument, downloads, lookAlike, tarball, changes, code } = found;
  const document = packument.state === 'ready' ? packument.value : undefined;
  const version = found.version.state === 'ready' ? found.version.value : undefined;
  const published = chosen === undefined ? undefined : document?.times.get(chosen.version);
  const json = {
    version: 1,
    judgement: judgementOf(checks),
    package: name,
    asked: asked ?? null,
    chosen: chosen ?? null,
    registry: { kind: registry.kind, host: registry.host, because: registry.because },
    lookAlike: lookAlike === undefined ? null : { target: lookAlike.target, strength: lookAlike.strength },
    published: published === undefined ? null : new Date(published).toISOString(),
    firstPublished: document?.created === undefined ? null : new Date(document.created).toISOString(),
    latest: document?.distTags.get('latest') ?? null,
    versions: document === undefined ? null : document.versions.size,
    maintainers: document?.maintainers?.map((person) => person.name) ?? null,
    downloadsLastWeek: downloads.state === 'ready' ? downloads.value.lastWeek : null,
    ...(version === undefined ? {} : versionOf(version)),
    tarball:
      tarball.type === 'hashed' ? { size: tarball.size, hashes: Object.fromEntries(tarball.digests) } : null,
    keysFrom: found.keysFrom ?? null,
    provenance: found.provenance.state === 'ready' ? found.provenance.value.map(attestationOf) : null,
    code: code === undefined ? null : codeOf(code),
    changes: changes === undefined ? null : changesOf(changes),
    checks: checks.map(({ id, result, words, reason }) => ({
      check: id,
      result,
      detail: words,
      ...(reason === undefined ? {} : { reason }),
    })),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}

function versionOf(version: PackumentVersion): object {
  return {
    publishedBy: version.publishedBy?.name ?? null,
    trustedPublisher: version.trustedPublisher ?? null,
    deprecated: version.deprecated ?? null,
    license: version.license ?? null,
    unpackedSize: version.unpackedSize ?? null,
    fileCount: version.fileCount ?? null,
    hasInstallScript: version.hasInstallScript ?? null,
    installScripts: [...version.installScripts].map(([script, command]) => ({ script, command })),
    dependencies: listOf(version.dependencies),
    optionalDependencies: listOf(version.optionalDependencies),
    peerDependencies: listOf(version.peerDependencies),
  };
}

/** Returns a list, as `__proto__` may be a name. */
function listOf(map: ReadonlyMap<string, string>): readonly object[] {
  return [...map].map(([name, range]) => ({ name, range }));
}

function attestationOf(verdict: AttestationVerdict): object {
  const { predicateType, result } = verdict;
  return result === 'verified'
    ? { predicateType, result, source: verdict.source ?? null }
    : { predicateType, result, detail: result === 'invalid' ? verdict.detail : verdict.why.detail };
}

function codeOf({ record, since }: VerifiedCode): object {
  return {
    suspicious: record.isSuspicious,
    ...capabilitiesJson(record),
    since: since === undefined ? null : { version: since.version, ...capabilitiesJson(since.found) },
  };
}

function changesOf({ from, to, publisher, maintainers, ...rest }: VersionChanges): object {
  return {
    from: from.version,
    to: to.version,
    publisher:
      publisher === undefined ? null : { before: publisher.before.name, after: publisher.after.name },
    maintainers: maintainers ?? null,
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, value ?? null])),
  };
}
