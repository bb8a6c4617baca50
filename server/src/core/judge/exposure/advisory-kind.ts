import type { Advisory } from '../../know/advisory/advisory.ts';

/** The kind of threat an advisory reports; each has its own rule. */
export type AdvisoryKind = 'malware' | 'vulnerability';

export function isOfKind({ isMalware }: Advisory, kind: AdvisoryKind): boolean {
  return isMalware === (kind === 'malware');
}
