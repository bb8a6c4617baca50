import type { Advisory } from '../../know/advisory/advisory.ts';

/** What an advisory tells of: each has a rule of its own. */
export type AdvisoryKind = 'malware' | 'vulnerability';

export function isOfKind({ isMalware }: Advisory, kind: AdvisoryKind): boolean {
  return isMalware === (kind === 'malware');
}
