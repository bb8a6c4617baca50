import semver from 'semver';
import type { SignatureVerdict } from '../../know/proof/judge-signatures.ts';
import { servingRegistry } from '../../know/registry/access/serving-registry.ts';
import { candidateVersion } from '../../know/registry/releases/candidate-version.ts';
import { compareHashes, hashesOf } from '../../read/lockfile/model/entry-hashes.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { cooldownOf } from '../../read/project/manager/cooldown.ts';
import type { Project } from '../../read/project/project.ts';
import type { Related, Severity } from '../../read/text/finding.ts';
import { defineRule, type Found, type RuleContext, type RuleOptions } from '../check/rule.ts';
import { type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';

/**
 * A registry signs the name, version and hash of what it publishes, so that nobody in between can replace a file
 * unnoticed. Known false positives: none known; a registry that does not sign, a mirror that omits signatures, and a
 * key newer than the known keys are not reported.
 */
interface Unverified {
  readonly name: string;
  readonly version: string;
  /** other-hash: the lockfile's hash differs from the signed one; attestation: an attestation does not verify. */
  readonly fault: Exclude<SignatureVerdict['type'], 'verified' | 'unreadable'> | 'other-hash' | 'attestation';
  readonly registry: string;
  /** For an attestation: a clause. */
  readonly detail: string | null;
  /** A signed version to use instead. */
  readonly older: string | null;
  readonly declared: string | null;
}

const OPTIONS = {
  attestations: {
    type: 'boolean',
    default: true,
    stricter: true,
    description:
      "Verify attestations too. Sigstore's keys are requested once a day for this, and no name is sent.",
  },
} as const satisfies RuleOptions;

export const signatureUnverified = defineRule({
  id: 'signature-unverified',
  category: 'registry',
  preset: 'security',
  severity: 'error',
  facts: ['packument', 'signature', 'provenance'],
  options: OPTIONS,
  docs: {
    summary: 'A version whose registry signature or attestation does not verify.',
    why: `Registries sign the name, the version and the hash of each file that they publish. If a signature does not
verify, a proxy, a mirror or the lockfile changed one of the three. The same holds for an attestation: its stated
signer must have signed it, and for this very file.

A version without a signature is a warning if others of its package have one. So is a version signed with an unknown
key. The public registry's keys come from Sigstore, which keeps them apart from it, and from the registry where
Sigstore cannot be reached. Registries that do not sign are not reported, nor are mirrors that omit signatures.
Without the registry's keys, a version is reported as not checked.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "signed-pad": "1.1.0"
                  ^^^^^^^ signature-unverified: The signature of signed-pad 1.1.0 does not verify: its name, version or hash is not what its registry signed. Do not install it.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "signed-pad": "1.0.0"
  }
}
`,
    registry: {
      'signed-pad': {
        versions: {
          '1.0.0': {
            dist: {
              integrity:
                'sha512-Y88yz0T+fuqjyf2w94iigKHxO+NfiaoKjcdkaUWAtGefbgAv66sb9RJQv1h0KlvgHR4d1Q2Pp3OZclhwiLBamw==',
              signatures: [
                {
                  keyid: 'SHA256:5G0Wv72iJwRH21b93NuZ8gfWEsLtiI98ckS2OSM6Q4U',
                  sig: 'MEUCIAeztzYxY5N90VL/Zf2Zh3EwMmGPGzsMcfPm6nJtaJ52AiEA8VDQckFRy3vhoFApKCgJ310OlgNvWHUWqhtjmhd/HeU=',
                },
              ],
            },
          },
          '1.1.0': {
            dist: {
              integrity:
                'sha512-Y88yz0T+fuqjyf2w94iigKHxO+NfiaoKjcdkaUWAtGefbgAv66sb9RJQv1h0KlvgHR4d1Q2Pp3OZclhwiLBamw==',
              signatures: [
                {
                  keyid: 'SHA256:5G0Wv72iJwRH21b93NuZ8gfWEsLtiI98ckS2OSM6Q4U',
                  sig: 'MEUCIAeztzYxY5N90VL/Zf2Zh3EwMmGPGzsMcfPm6nJtaJ52AiEA8VDQckFRy3vhoFApKCgJ310OlgNvWHUWqhtjmhd/HeU=',
                },
              ],
            },
          },
        },
      },
      '-/npm/v1/keys': {
        keys: [
          {
            keyid: 'SHA256:5G0Wv72iJwRH21b93NuZ8gfWEsLtiI98ckS2OSM6Q4U',
            scheme: 'ecdsa-sha2-nistp256',
            key: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEn6ZgvnykRZXYsCir0gtkSzcaF+50sEeWV18Wnpz5lhlQexF4jW01VoWIKMY+/0eQ2UkHVVNx8cUQn0+ZoSeAzQ==',
          },
        ],
      },
    },
  },
  factsOfEach: 'only',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, fault, registry, detail, older } }) {
    const what = `${name} ${version}`;
    const instead =
      older === null ? 'Do not install it' : `Install ${older} instead, whose signature verifies`;
    switch (fault) {
      case 'invalid':
        return `The signature of ${what} does not verify: its name, version or hash is not what its registry signed. ${instead}.`;
      case 'attestation':
        return `An attestation of ${what} does not verify: ${detail}. ${instead}.`;
      case 'other-hash':
        return `The locked hash of ${what} is not the one that ${registry} signed. Restore the entry from git, or remove it and lock it again.`;
      case 'expired-key':
        return `${what} is signed with a key that had expired when it was published. Find out why before you install it.`;
      case 'unknown-key':
        return `${what} is signed with a key that is not among ${registry}'s. Find out why before you install it.`;
      case 'missing':
        return `${what} is not signed by ${registry}, and other versions of it are. Find out why before you install it.`;
    }
  },
  *fix({ data: { older, declared }, span, package: name }, { file, uri }) {
    if (older === null || declared === null || name === undefined) return;
    const fix = pinFix({ file, uri, span, name, declared }, older);
    if (fix !== undefined) yield fix;
  },
});

function* check(file: CheckedFile, context: RuleContext<typeof OPTIONS>): Generator<Found<Unverified>> {
  const { attestations } = context.options;
  for (const selected of selectedVersions(file, context)) {
    const { target, version } = selected;
    const signature = context.facts.signature(target, version);
    if (signature.state === 'ready') {
      const fault = signatureFault(selected, signature.value, context);
      if (fault !== undefined) yield found(selected, fault, null, context);
    }
    if (!attestations) continue;
    const provenance = context.facts.provenance(target, version);
    if (provenance.state !== 'ready') continue;
    if (provenance.value.some(({ result }) => result === 'unknown')) context.unknown(target);
    const invalid = provenance.value.find((verdict) => verdict.result === 'invalid');
    if (invalid !== undefined) yield found(selected, 'attestation', invalid.detail, context);
  }
}

function signatureFault(
  { target, packument, version, by, entry }: SelectedVersion,
  { type, integrity }: SignatureVerdict,
  context: Pick<RuleContext, 'project' | 'facts' | 'now' | 'unknown'>,
): Unverified['fault'] | undefined {
  switch (type) {
    case 'verified': {
      if (by !== 'locked' || entry === undefined) return undefined;
      const signed = hashesOf({ integrity: { value: integrity, span: entry.span }, checksum: undefined });
      return compareHashes(hashesOf(entry), signed).result === 'other' ? 'other-hash' : undefined;
    }
    case 'missing': {
      // Mirrors omit all signatures; only one missing among others is significant.
      const others = [...packument.versions.values()];
      if (others.some((other) => other.version !== version && other.isSigned === true)) return type;
      context.unknown(target);
      return undefined;
    }
    case 'expired-key':
      // Other registries may return the time at which they copied a version.
      if (servingRegistry(context.project, target).kind === 'public') return type;
      context.unknown(target);
      return undefined;
    case 'unreadable':
      context.unknown(target);
      return undefined;
    default:
      return type;
  }
}

const SEVERITIES: Readonly<Record<Unverified['fault'], Severity>> = {
  invalid: 'error',
  attestation: 'error',
  'other-hash': 'error',
  'expired-key': 'error',
  'unknown-key': 'warning',
  missing: 'warning',
};

function found(
  selected: SelectedVersion,
  fault: Unverified['fault'],
  detail: string | null,
  context: Pick<RuleContext, 'project' | 'facts' | 'now' | 'unknown'>,
): Found<Unverified> {
  const { name, target, version, span, isDecidedHere, declared, related } = selected;
  const registry = servingRegistry(context.project, target).words;
  const older = fault === 'other-hash' ? null : (signedBefore(selected, context) ?? null);
  return {
    span,
    data: {
      ...{ name: target, version, fault, registry, detail, older },
      declared: isDecidedHere ? (declared ?? null) : null,
    },
    severity: SEVERITIES[fault],
    package: name,
    version,
    ...(target === name ? {} : { target }),
    related: fault === 'other-hash' ? [...related, ...lockedHash(selected, context.project)] : related,
  };
}

function lockedHash({ entry }: SelectedVersion, { lockfile }: Project): readonly Related[] {
  if (entry === undefined || lockfile === undefined) return [];
  const { span } = entry.integrity ?? entry.checksum ?? { span: entry.keySpan };
  return [{ uri: lockfile.uri, span, message: 'This is the locked hash.' }];
}

/** Returns the latest lower version of the same major with a verified signature. */
function signedBefore(
  { target, packument, version }: SelectedVersion,
  { project, now, facts }: Pick<RuleContext, 'project' | 'facts' | 'now'>,
): string | undefined {
  const found = candidateVersion({
    packument,
    range: `>=${semver.major(version)}.0.0 <${version}`,
    coolDown: cooldownOf(project),
    now,
    accepts(other) {
      if (other.isSigned !== true) return false;
      const signature = facts.signature(target, other.version);
      return signature.state === 'ready' && signature.value.type === 'verified';
    },
  });
  return found?.version;
}
