import type { Advisory } from '../../know/advisory/advisory.ts';
import { describeSign } from '../../know/capabilities/describe.ts';
import { roughCount } from '../../know/identity/rough-count.ts';
import type { AttestationVerdict } from '../../know/proof/judge-attestation.ts';
import { PUBLISH } from '../../know/proof/judge-attestation.ts';
import type { SignatureVerdict } from '../../know/proof/judge-signatures.ts';
import { describeRepository } from '../../know/proof/source-repository.ts';
import type { Fact, Unavailable, UnavailableReason } from '../../know/registry/documents/fact.ts';
import type { RegistryKeys } from '../../know/registry/documents/keys-kind.ts';
import { isSecurityHolding } from '../../know/registry/releases/security-holding.ts';
import {
  compareHashes,
  hashesFrom,
  hashesOf,
  registryHashes,
} from '../../read/lockfile/model/entry-hashes.ts';
import { namesAndMore } from '../../read/text/words/words.ts';
import type { VerifiedPackage } from './verified-package.ts';

export type CheckId =
  | 'name'
  | 'registry'
  | 'advisories'
  | 'signature'
  | 'attestations'
  | 'tarball'
  | 'code'
  | 'lockfile';

/**
 * The result of one check of a package. doubtful: possibly right, needs a review; none: nothing to compare with, as for
 * a registry that does not sign; unknown: could not be checked, with the reason.
 */
export interface VerifyCheck {
  readonly id: CheckId;
  readonly result: 'right' | 'wrong' | 'doubtful' | 'none' | 'unknown';
  /** One or more clauses. Plain, untrusted text. */
  readonly words: string;
  /** For an unknown result. */
  readonly reason?: UnavailableReason;
}

/**
 * right: no problems, and everything that can be checked was; wrong, doubtful: some result is; incomplete: something
 * was not checked.
 */
export type Judgement = 'right' | 'wrong' | 'doubtful' | 'incomplete';

export function judgementOf(checks: readonly VerifyCheck[]): Judgement {
  const has = (wanted: VerifyCheck['result']) => checks.some(({ result }) => result === wanted);
  if (has('wrong')) return 'wrong';
  if (has('doubtful')) return 'doubtful';
  return has('unknown') ? 'incomplete' : 'right';
}

/** Returns everything that was compared with something else, in display order. */
export function verifyChecks(found: VerifiedPackage): readonly VerifyCheck[] {
  const checks = [nameCheck(found), registryCheck(found), ...advisoryChecks(found)].filter(
    (check) => check !== undefined,
  );
  if (found.chosen === undefined) return [...checks, ...lockfileChecks(found)];
  return [
    ...checks,
    signatureCheck(found),
    attestationCheck(found),
    tarballCheck(found),
    ...codeChecks(found),
    ...lockfileChecks(found),
  ];
}

function nameCheck({ lookAlike }: VerifiedPackage): VerifyCheck | undefined {
  if (lookAlike === undefined) return undefined;
  const { target, downloads, strength } = lookAlike;
  const count = downloads === undefined ? '' : ` (${roughCount(downloads)} downloads a month)`;
  const words = `looks like a misspelling of ${target}${count}; did you mean ${target}?`;
  return { id: 'name', result: strength === 'strong' ? 'doubtful' : 'none', words };
}

/** Returns a check only if the registry's document is not as expected. */
function registryCheck({
  name,
  asked,
  packument,
  chosen,
  registry,
}: VerifiedPackage): VerifyCheck | undefined {
  switch (packument.state) {
    case 'pending':
      return unknown('registry', { reason: 'failed', detail: 'the registry has not answered' });
    case 'unavailable':
      return unknown('registry', packument);
    case 'absent':
      return wrong(
        'registry',
        registry.kind === 'private'
          ? 'the registry has no package of this name, or does not show it to you'
          : 'the registry has no package of this name, so anybody may register it',
      );
    case 'ready': {
      const { value, notRefreshed } = packument;
      if (value.unpublished !== undefined) return wrong('registry', 'the package was unpublished');
      if (isSecurityHolding(value)) {
        return wrong('registry', 'the registry removed the package and holds the name with an empty one');
      }
      if (chosen === undefined) return wrong('registry', `the registry has no ${name}@${asked ?? 'latest'}`);
      return notRefreshed === undefined ? undefined : unknown('registry', notRefreshed);
    }
  }
}

/** Returns checks for known advisories; their absence is not a passed check. */
function advisoryChecks({ advisories }: VerifiedPackage): readonly VerifyCheck[] {
  const { affecting, undecided } = advisories;
  const checks: VerifyCheck[] = [];
  const malware = affecting.filter(({ isMalware }) => isMalware);
  const others = affecting.filter(({ isMalware }) => !isMalware);
  if (malware.length > 0) checks.push(wrong('advisories', `known malware (${idsOf(malware)})`));
  if (others.length > 0) {
    const count = others.length === 1 ? 'a known vulnerability' : `${others.length} known vulnerabilities`;
    checks.push({ id: 'advisories', result: 'doubtful', words: `${count} (${idsOf(others)})` });
  }
  if (undecided.length > 0) {
    const [which, range] =
      undecided.length === 1 ? ['an advisory', 'its range'] : ['advisories', 'their ranges'];
    const detail = `${which} could not be judged, as ${range} of affected versions cannot be read or lost its end (${idsOf(undecided)})`;
    checks.push(unknown('advisories', { reason: 'not-provided', detail }));
  }
  return checks;
}

const MOST_IDS = 5;

function idsOf(advisories: readonly Advisory[]): string {
  return namesAndMore(
    advisories.map(({ id }) => id),
    MOST_IDS,
  );
}

function signatureCheck({ signature, packument, chosen, registry, keysFrom }: VerifiedPackage): VerifyCheck {
  if (signature.state === 'absent') return none('signature', 'this registry does not sign packages');
  if (signature.state !== 'ready') return notReady('signature', signature);
  const { type, keyid } = signature.value;
  switch (type) {
    case 'verified':
      return right(
        'signature',
        `the registry signed this name, version and hash, with its key ${keyid}${LISTED[keysFrom ?? 'registry']}`,
      );
    case 'expired-key':
      // Other registries may return the time at which they copied a version.
      if (registry.kind === 'public') return wrong('signature', SIGNATURE_WORDS[type]);
      return unknown('signature', { reason: 'not-provided', detail: EXPIRED });
    case 'unreadable':
      return unknown('signature', { reason: 'not-provided', detail: SIGNATURE_WORDS.unreadable });
    case 'missing': {
      // Mirrors omit all signatures; only one missing among others is significant.
      const all = packument.state === 'ready' ? [...packument.value.versions.values()] : [];
      const isAlone = all.some((other) => other.isSigned === true && other.version !== chosen?.version);
      return (isAlone ? wrong : none)('signature', SIGNATURE_WORDS.missing);
    }
    default:
      return wrong('signature', SIGNATURE_WORDS[type]);
  }
}

const LISTED: Readonly<Record<RegistryKeys['from'], string>> = {
  sigstore: ', which Sigstore keeps',
  registry: ', which it lists itself',
};

const EXPIRED = 'its key has expired, and this registry may not give the publication time';

const SIGNATURE_WORDS: Readonly<Record<Exclude<SignatureVerdict['type'], 'verified'>, string>> = {
  invalid: 'does not verify: the name, version or hash is not what the registry signed',
  'expired-key': 'made with a key that had expired when the version was published',
  'unknown-key': "made with a key that is not among the registry's",
  missing: 'none, although this registry has keys to sign with',
  unreadable: 'its type of key is not supported',
};

function attestationCheck({ provenance }: VerifiedPackage): VerifyCheck {
  if (provenance.state === 'absent') return none('attestations', 'none: nothing proves where it was built');
  if (provenance.state !== 'ready') return notReady('attestations', provenance);
  const invalid = provenance.value.find((verdict) => verdict.result === 'invalid');
  if (invalid !== undefined) return wrong('attestations', `one of them does not verify: ${invalid.detail}`);
  const unsure = provenance.value.find((verdict) => verdict.result === 'unknown');
  if (unsure !== undefined) return unknown('attestations', unsure.why);
  return right('attestations', provenance.value.map(describeVerified).join('; '));
}

function describeVerified(verdict: AttestationVerdict): string {
  if (verdict.result !== 'verified') return '';
  if (verdict.source === undefined) {
    return verdict.predicateType.startsWith(PUBLISH)
      ? 'the registry vouches for having published it'
      : 'another statement about it is signed';
  }
  const { repository, ref, commit } = verdict.source;
  const at = commit === undefined ? '' : ` at commit ${commit.slice(0, 12)}`;
  const on = ref === undefined ? '' : ` (${ref})`;
  return `built from ${describeRepository(repository)}${at}${on}, which proves the origin, not safety`;
}

/** A verdict on the code is a doubt, as its reader has to decide; without one there is nothing to say. */
function codeChecks({ code }: VerifiedPackage): readonly VerifyCheck[] {
  if (code === undefined) return [];
  const { isSuspicious, score, signs } = code.record;
  if (!isSuspicious) return [];
  const listed = namesAndMore(
    signs.map(({ sign, file, line }) => `${describeSign(sign)} (${file}:${line})`),
    MOST_SIGNS,
  );
  return [{ id: 'code', result: 'doubtful', words: `suspicious with ${score} points: ${listed}` }];
}

const MOST_SIGNS = 8;

/** Compares the downloaded file with the registry's document. */
function tarballCheck({ tarball, version }: VerifiedPackage): VerifyCheck {
  if (tarball.type === 'unknown') return unknown('tarball', tarball.why);
  const proof = version.state === 'ready' ? version.value.proof : undefined;
  const given = registryHashes(proof?.integrity, proof?.shasum);
  const compared = compareHashes(given, hashesFrom(tarball.digests));
  switch (compared.result) {
    case 'same':
      return right('tarball', "downloaded; its hash matches the registry's");
    case 'other':
      return wrong('tarball', `downloaded; its ${compared.algorithm} does not match the registry's`);
    case 'unknown':
      return none('tarball', 'downloaded; the registry gives no hash to compare with');
  }
}

/** Compares the locked hash with the downloaded file, or else with the registry's. */
function lockfileChecks({ chosen, locked, tarball, version }: VerifiedPackage): readonly VerifyCheck[] {
  const { file, entries } = locked;
  const own = entries.filter((entry) => entry.version?.value === chosen?.version);
  if (own.length === 0 && locked.unread !== undefined) {
    const detail = `${locked.unread}, so it is unknown whether it locks this version`;
    return [unknown('lockfile', { reason: 'failed', detail })];
  }
  if (file === undefined || own.length === 0) return [];
  const proof = version.state === 'ready' ? version.value.proof : undefined;
  const hashes =
    tarball.type === 'hashed' ? hashesFrom(tarball.digests) : registryHashes(proof?.integrity, proof?.shasum);
  const source = tarball.type === 'hashed' ? "the file's" : "the registry's";
  const results = own.map((entry) => compareHashes(hashesOf(entry), hashes).result);
  if (results.includes('other')) {
    return [wrong('lockfile', `the hash in ${file} differs from ${source}; restore the entry from git`)];
  }
  return results.every((result) => result === 'same')
    ? [right('lockfile', `the hash in ${file} matches ${source}`)]
    : [none('lockfile', `${file} has no comparable hash of it`)];
}

function notReady(
  id: CheckId,
  fact: Fact<unknown> & { readonly state: 'pending' | 'unavailable' },
): VerifyCheck {
  if (fact.state === 'unavailable') return unknown(id, fact);
  return unknown(id, { reason: 'failed', detail: 'the registry has not answered' });
}

function right(id: CheckId, words: string): VerifyCheck {
  return { id, result: 'right', words };
}

function wrong(id: CheckId, words: string): VerifyCheck {
  return { id, result: 'wrong', words };
}

function none(id: CheckId, words: string): VerifyCheck {
  return { id, result: 'none', words };
}

function unknown(id: CheckId, { reason, detail }: Unavailable): VerifyCheck {
  return { id, result: 'unknown', words: detail, reason };
}
