import type {
  InvalidSignature,
  MissingSignature,
  SignatureAudit,
} from '../../../judge/audit/signature-audit.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { COLOURED, PLAIN } from '../paint.ts';

export interface SignaturesTextOptions {
  readonly colour: boolean;
  readonly seconds: number;
  /** Whether files were downloaded. */
  readonly tarballs: boolean;
}

/** Returns what `npm audit signatures` prints, in its own words, followed by what it does not check. */
export function signaturesText(audit: SignatureAudit, options: SignaturesTextOptions): string {
  const { audited, verified, attested, unsigned, tarballs, missing, invalid } = audit;
  const paint = options.colour ? COLOURED : PLAIN;
  const bad = (text: string) => paint.severity('error', visibleText(text));
  const good = paint.strong('verified');
  const many = (count: number, one: string, more: string) => (count === 1 ? `1 ${one}` : `${count} ${more}`);
  const list = (each: readonly MissingSignature[]) =>
    each.map(({ name, version, registry }) => `${bad(`${name}@${version}`)} (${visibleText(registry)})`);
  const blocks: (readonly string[])[] = [
    [`audited ${many(audited, 'package', 'packages')} in ${options.seconds}s`],
  ];
  if (verified > 0) {
    const of = many(
      verified,
      `package has a ${good} registry signature`,
      `packages have ${good} registry signatures`,
    );
    blocks.push([of]);
  }
  if (attested > 0) {
    blocks.push([many(attested, `package has a ${good} attestation`, `packages have ${good} attestations`)]);
  }
  if (options.tarballs) {
    blocks.push([many(tarballs, `package has a ${good} file`, `packages have ${good} files`)]);
  }
  if (unsigned > 0) {
    const of = many(unsigned, 'package comes from a registry', 'packages come from registries');
    blocks.push([`${of} without signing keys`]);
  }
  if (missing.length > 0) {
    const word = paint.severity('error', 'missing');
    const of = many(
      missing.length,
      `package has a ${word} registry signature`,
      `packages have ${word} registry signatures`,
    );
    blocks.push([`${of} but the registry is providing signing keys:`], list(missing));
  }
  const word = paint.severity('error', 'invalid');
  for (const [codes, one, more] of KINDS) {
    const found = invalid.filter(({ code }) => codes.includes(code));
    if (found.length === 0) continue;
    blocks.push(
      [`${many(found.length, `package has an ${word} ${one}`, `packages have ${word} ${more}`)}:`],
      found.flatMap((each) => [...list([each]), `  ${visibleText(each.message)}`]),
    );
  }
  if (invalid.length > 0) {
    blocks.push([
      invalid.length === 1
        ? 'Someone might have tampered with this package since it was published on the registry!'
        : 'Someone might have tampered with these packages since they were published on the registry!',
    ]);
  }
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const KINDS: readonly (readonly [codes: readonly InvalidSignature['code'][], one: string, more: string])[] = [
  [
    ['EINTEGRITYSIGNATURE', 'EMISSINGSIGNATUREKEY', 'EEXPIREDSIGNATUREKEY'],
    'registry signature',
    'registry signatures',
  ],
  [['EATTESTATIONVERIFY'], 'attestation', 'attestations'],
  [['EINTEGRITY'], 'hash', 'hashes'],
];
