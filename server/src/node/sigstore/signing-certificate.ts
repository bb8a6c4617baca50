import type { Signer } from '@sigstore/verify';
import type { SigningCertificate } from '../../core/know/proof/bundle-result.ts';

type CertificateIdentity = Signer['identity'];

/** Extensions that Sigstore's authority adds to certificates of CI services. */
const OIDS = {
  repository: '1.3.6.1.4.1.57264.1.12',
  commit: '1.3.6.1.4.1.57264.1.13',
  ref: '1.3.6.1.4.1.57264.1.14',
  repositoryId: '1.3.6.1.4.1.57264.1.15',
};
/** Earlier extensions for GitHub only: plain text without encoding, and the repository without its host. */
const OLD_OIDS = {
  repository: '1.3.6.1.4.1.57264.1.5',
  commit: '1.3.6.1.4.1.57264.1.3',
  ref: '1.3.6.1.4.1.57264.1.6',
};

/** Returns the extensions of a verified certificate. */
export function signingCertificate(identity: CertificateIdentity): SigningCertificate {
  const bytes = (oid: string) => identity?.oids?.find(({ oid: each }) => each?.id.join('.') === oid)?.value;
  const text = (oid: string) => utf8String(bytes(oid));
  const before = (oid: string) => bytes(oid)?.toString('utf8');
  const onGitHub = before(OLD_OIDS.repository);
  return {
    issuer: identity?.extensions?.issuer,
    subject: identity?.subjectAlternativeName,
    repository: text(OIDS.repository) ?? (onGitHub && `https://github.com/${onGitHub}`),
    repositoryId: text(OIDS.repositoryId),
    ref: text(OIDS.ref) ?? before(OLD_OIDS.ref),
    commit: text(OIDS.commit) ?? before(OLD_OIDS.commit),
  };
}

/** Parses a DER UTF8String shorter than 64 kB; undefined for anything else. */
function utf8String(der: Uint8Array | undefined): string | undefined {
  if (der === undefined) return undefined;
  const [tag, first = 0, second = 0, third = 0] = der;
  if (tag !== 0x0c) return undefined;
  const [start, length] =
    first < 0x80
      ? [2, first]
      : first === 0x81
        ? [3, second]
        : [4, first === 0x82 ? second * 256 + third : -1];
  const isWhole = start + length === der.length;
  return isWhole && length > 0 ? Buffer.from(der.subarray(start)).toString('utf8') : undefined;
}
