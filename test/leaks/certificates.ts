import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** An authority that only tests trust, with its certificates. */
export interface Authority {
  /** In PEM, for `NODE_EXTRA_CA_CERTS` and `cafile`. */
  readonly certificate: string;
  /** Returns a certificate for a host with its key, each in PEM. */
  certify(host: string): { readonly cert: string; readonly key: string };
}

const COMMON_NAME = '550403';
const ECDSA_SHA256 = '2a8648ce3d040302';
const BASIC_CONSTRAINTS = '551d13';
const ALTERNATIVE_NAMES = '551d11';
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Creates an authority with a new key, valid for two days around now. Node cannot create certificates, so DER is
 * written here.
 */
export function makeAuthority(): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = 'authority of tests';
  const key = own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const made = (subject: string, subjectKey: KeyObject, extensions: Buffer) =>
    pem(certificate({ subject, issuer, subjectKey, extensions, signer: keys.privateKey }));
  const isAuthority = extension(BASIC_CONSTRAINTS, tlv(0x30, tlv(0x01, Buffer.from([0xff]))));
  return {
    certificate: made(issuer, keys.publicKey, isAuthority),
    certify(host) {
      const isUrl = /^[\d.]+$/.test(host);
      const name = isUrl ? tlv(0x87, Buffer.from(host.split('.').map(Number))) : tlv(0x82, Buffer.from(host));
      const names = extension(ALTERNATIVE_NAMES, tlv(0x30, name));
      return { cert: made(host.slice(0, 60), own.publicKey, names), key };
    },
  };
}

function certificate(parts: {
  readonly subject: string;
  readonly issuer: string;
  readonly subjectKey: KeyObject;
  readonly extensions: Buffer;
  readonly signer: KeyObject;
}): Buffer {
  const algorithm = tlv(0x30, oid(ECDSA_SHA256));
  const content = tlv(
    0x30,
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    nameOf(parts.issuer),
    tlv(0x30, time(Date.now() - DAY_MS), time(Date.now() + DAY_MS)),
    nameOf(parts.subject),
    parts.subjectKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, tlv(0x30, parts.extensions)),
  );
  const signature = sign('sha256', content, parts.signer);
  return tlv(0x30, content, algorithm, tlv(0x03, Buffer.from([0]), signature));
}

function nameOf(text: string): Buffer {
  return tlv(0x30, tlv(0x31, tlv(0x30, oid(COMMON_NAME), tlv(0x0c, Buffer.from(text)))));
}

function extension(id: string, value: Buffer): Buffer {
  return tlv(0x30, oid(id), tlv(0x04, value));
}

function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(2, 14);
  return tlv(0x17, Buffer.from(`${digits}Z`));
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, 'hex'));
}

function integer(bytes: Buffer): Buffer {
  return tlv(0x02, bytes);
}

/** Encodes tag, length and value, the value in parts. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length = Buffer.from(value.length.toString(16).padStart(value.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, value]);
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
