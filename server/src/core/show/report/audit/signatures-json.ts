import type { SignatureAudit } from '../../../judge/audit/signature-audit.ts';
import type { Coverage } from '../../../judge/check/coverage.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';

/**
 * Returns the audit in the form of `npm audit signatures --json`: `invalid` and `missing`. Additional members:
 * `counts`, what was verified, and `coverage`, what was not checked.
 */
export function signaturesJson(audit: SignatureAudit, coverage: Coverage): string {
  const { invalid, missing, audited, verified, attested, unsigned, tarballs } = audit;
  const counts = { audited, verified, attested, unsigned, tarballs };
  return `${printableJson(JSON.stringify({ invalid, missing, counts, coverage }, undefined, 2))}\n`;
}
