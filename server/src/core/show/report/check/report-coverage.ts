import { ADVICE_FOR, TRUST_NESTED } from '../../../judge/check/advice-for.ts';
import { type Coverage, type CoverageGap, coverageWith } from '../../../judge/check/coverage.ts';
import { fileGap } from '../../../judge/check/file-gap.ts';
import { unaskedGap } from '../../../judge/check/unasked-gap.ts';
import { uncomparedGap } from '../../../judge/check/uncompared-gap.ts';
import { undecidedGaps } from '../../../judge/exposure/undecided-gaps.ts';
import { type AdvisorySourceState, SWITCHED_OFF } from '../../../know/advisory/advisories.ts';
import { ELSEWHERE, UNTRUSTED, UNTRUSTED_REGISTRY } from '../../../know/registry/access/may-ask.ts';
import { CANNOT_BE_REACHED, type UnavailableReason } from '../../../know/registry/documents/fact.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { advisoryGap } from '../describe-advisory.ts';
import { pathsFrom, type Report } from './report.ts';

/**
 * Returns how completely everything in a report was checked: each file, each rule with the packages it could not judge,
 * each advisory source, and the advisories that leave a package undecided.
 *
 * @param now milliseconds since 1970
 */
export function reportCoverage(report: Report, now: number): Coverage {
  const path = pathsFrom(report.root);
  return coverageWith([
    ...report.files.flatMap((file) => fileGap(file, path(file.uri)) ?? []),
    ...(report.gitFailures ?? []).map(gitGap),
    ...(report.uncompared ?? []).map((each) => uncomparedGap(each, path(each.uri))),
    ...ruleGaps(report),
    ...unaskedGaps(report),
    ...sourceGaps(report.advisories, now, isAsked(report)),
    ...undecidedGaps(report.undecided),
  ]);
}

/** Returns the gaps for locked packages that registries were not asked about. */
function unaskedGaps({ root, unasked = [] }: Report): readonly CoverageGap[] {
  const path = pathsFrom(root);
  return unasked.map(({ uri, base, ...rest }) => unaskedGap(rest, base, path(uri)));
}

function gitGap({ reason }: { readonly reason: string }): CoverageGap {
  return {
    kind: 'file',
    state: 'not-checked',
    reason: 'unread',
    subject: 'files that .gitignore names and git may track',
    detail: reason,
    advice: 'make git available, and name the folder in its safe.directory where somebody else owns it',
  };
}

/**
 * Returns the gaps for advisory sources that should have answered and did not.
 *
 * @param isAsked whether the user allows registry requests
 */
export function sourceGaps(
  states: readonly AdvisorySourceState[],
  now: number,
  isAsked: boolean,
): readonly CoverageGap[] {
  return states.flatMap((state): CoverageGap[] => {
    const words = advisoryGap(state, now);
    if (words === undefined) return [];
    const reason = sourceReason(state);
    const { asOf, detail = 'no answer yet' } = state;
    const advice =
      detail === UNTRUSTED_REGISTRY
        ? TRUST_NESTED
        : reason === 'offline' && isAsked
          ? NPM_OFFLINE
          : (SOURCE_ADVICE[reason] ?? ADVICE_FOR.failed);
    return [
      {
        kind: 'advisory-source',
        state: asOf === undefined ? 'not-checked' : 'partly',
        ...{ reason, subject: words, detail, advice },
      },
    ];
  });
}

/**
 * Merges gaps of rules that could not judge the same packages for the same reason: without the registry there are many.
 */
function ruleGaps(report: Report): readonly CoverageGap[] {
  const groups = groupBy(report.notChecked, ({ reason, count, packages = [] }) =>
    JSON.stringify([reason, count, packages]),
  );
  return [...groups.values()].map((each): CoverageGap => {
    const { reason, count, packages = [] } = each[0]!;
    const rules = each.map(({ rule }) => rule);
    const isRecordGap = reason === 'not-recorded';
    return {
      // Missing from the lockfile, not from a registry.
      kind: isRecordGap ? 'package' : 'rules',
      state: 'not-checked',
      reason,
      subject: isRecordGap
        ? `${rules.map((rule) => UNRECORDED[rule] ?? rule).join(' and ')} of ${plural(count, 'package')}`
        : `${describeRule(rules)} for ${formatPackage(count, packages)}`,
      ...(reason === 'offline' && isAsked(report)
        ? { detail: '"offline" is set for npm', advice: NPM_OFFLINE }
        : { detail: DETAILS[reason], advice: ADVICE_FOR[reason] }),
      rules,
      packages,
    };
  });
}

/** Checks whether the user allows registry requests; only npm's own setting can then prevent them. */
function isAsked({ sources }: Report): boolean {
  return sources.some(({ kind, status }) => kind === 'registry' && status === 'asked');
}

const NPM_OFFLINE = 'remove "offline" from .npmrc and the environment';

/** The data that rules look for in a lockfile that does not record it. */
const UNRECORDED: Readonly<Record<string, string>> = {
  'install-script-unreviewed': 'install scripts',
  'shadowed-command': 'command names',
  'policy-denied-dependency': 'licenses or publishers',
};

const MOST_NAMED = 4;

function describeRule(rules: readonly string[]): string {
  return rules.length > MOST_NAMED ? plural(rules.length, 'rule') : rules.join(', ');
}

function formatPackage(count: number, packages: readonly string[]): string {
  if (packages.length < count) return plural(count, 'package');
  return namesAndMore(packages, MOST_NAMED, count);
}

const DETAILS: Readonly<Record<UnavailableReason, string>> = {
  offline: 'registry requests are switched off',
  unreachable: 'the registry cannot be reached',
  private: 'the name is private and no registry is configured for it',
  elsewhere: 'the lockfile or a manifest takes the package from elsewhere than its registry',
  'no-access': 'the registry denies access',
  'not-provided': 'the registry does not provide what the rule needs',
  'not-recorded': 'the lockfile does not record them',
  'not-comparable': "the lockfile has hashes of Yarn's own archives, which no registry has",
  'not-cached': 'no cache of this machine has their archives with the locked hashes',
  patched: 'the project patches them, so their files differ from the archives',
  'not-installed': 'nothing is installed',
  failed: 'the registry failed or gave no usable answer',
  'new-since-base': 'the registry or its credential is new since the base, and not used',
  untrusted: 'no registry was asked',
};

function sourceReason({ state, detail }: AdvisorySourceState): CoverageGap['reason'] {
  switch (state) {
    case 'off':
      if (detail === UNTRUSTED || detail === UNTRUSTED_REGISTRY) return 'untrusted';
      if (detail === 'offline') return 'offline';
      if (detail === ELSEWHERE) return 'elsewhere';
      return detail === SWITCHED_OFF ? 'switched-off' : 'private';
    case 'missing':
      return 'missing';
    case 'unsupported':
      return 'not-provided';
    default:
      return detail?.endsWith(CANNOT_BE_REACHED) === true ? 'unreachable' : 'failed';
  }
}

const SOURCE_ADVICE: Readonly<Partial<Record<CoverageGap['reason'], string>>> = {
  ...ADVICE_FOR,
  'not-provided': 'use a registry that offers advisories, or name the sources to use with --advisories',
  'switched-off': 'name the source in --advisories',
  missing: 'reinstall dephygiene, or run "dephygiene db update"',
};
