import { compareText } from '../../read/text/compare-text.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { plural } from '../../read/text/words/words.ts';
import { ADVICE_FOR } from '../check/advice-for.ts';
import type { CoverageGap } from '../check/coverage.ts';
import type { JudgedEntry, MissingSignature, SignatureAudit } from './signature-audit.ts';

/** A locked package with its results. `id` is `name@version`. */
export interface NamedJudgement extends JudgedEntry {
  readonly id: string;
}

/** Aggregates the results of all locked packages, sorted by name and place. */
export function sumSignatures(judged: readonly NamedJudgement[]): SignatureAudit {
  const count = (isMeant: (each: NamedJudgement) => boolean) => judged.filter(isMeant).length;
  return {
    invalid: judged.flatMap(({ invalid }) => invalid).sort(byPlace),
    missing: judged.flatMap(({ missing }) => missing ?? []).sort(byPlace),
    audited: count(({ isSigning }) => isSigning),
    verified: count(({ isVerified }) => isVerified),
    attested: count(({ isAttested }) => isAttested),
    unsigned: count(
      ({ isSigning, unknown }) => !isSigning && !unknown.some(({ what }) => what === 'signature'),
    ),
    tarballs: count(({ isSameFile }) => isSameFile),
    gaps: gapsOf(judged),
  };
}

function byPlace(a: MissingSignature, b: MissingSignature): number {
  return (
    compareText(a.name, b.name) || compareText(a.version, b.version) || compareText(a.location, b.location)
  );
}

/** Returns one gap for each reason and kind of proof. */
function gapsOf(judged: readonly NamedJudgement[]): readonly CoverageGap[] {
  const unknown = judged.flatMap(({ id, unknown }) => unknown.map((each) => ({ ...each, id })));
  const groups = groupBy(unknown, ({ what, reason, detail }) => JSON.stringify([what, reason, detail]));
  return [...groups.values()].map((each): CoverageGap => {
    const { what, reason, detail } = each[0]!;
    const packages = [...new Set(each.map(({ id }) => id))];
    const of = packages.length === 1 ? packages[0]! : plural(packages.length, 'package');
    return {
      kind: 'package',
      state: 'not-checked',
      reason,
      subject: `${WORDS[what]} of ${of}`,
      detail,
      advice: ADVICE_FOR[reason],
      packages,
    };
  });
}

const WORDS = { signature: 'signature', attestations: 'attestations', file: 'file' } as const;
