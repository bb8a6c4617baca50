import semver from 'semver';
import type { PackumentVersion } from '../../know/registry/documents/packument.ts';
import { earlierVersions } from '../../know/registry/releases/earlier-versions.ts';
import { type TrustLevel, trustLevel, trustRank } from '../../know/registry/releases/trust-level.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { isTrustedAnyway } from '../../read/project/manager/trust-policy.ts';
import type { Severity } from '../../read/text/finding.ts';
import { defineRule, type Found, type RuleContext, type RuleOptions } from '../check/rule.ts';
import { isPrivate, type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';
import { reportedDays } from './reported-days.ts';

/**
 * A stolen token can publish from anywhere except the previous workflow, so the release has weaker provenance than its
 * predecessors. Known false positives: a maintainer who publishes manually once. Not reported: a line published this
 * way for a month or more, versions older than half a year, and prereleases in between.
 */
interface Downgrade {
  readonly name: string;
  readonly version: string;
  readonly level: TrustLevel;
  readonly before: TrustLevel;
  /** The version with stronger provenance. */
  readonly than: string;
  /** One of the same major version with stronger provenance. */
  readonly older: string | null;
  readonly declared: string | null;
}

const DAY = 86_400_000;
const HABIT = 30 * DAY;

const OPTIONS = {
  days: reportedDays(180),
  exclude: {
    type: 'strings',
    default: [],
    description: 'Packages that are not reported, as `name` or `name@version`.',
  },
} as const satisfies RuleOptions;

export const provenanceDowngrade = defineRule({
  id: 'provenance-downgrade',
  category: 'releases',
  preset: 'security',
  severity: 'warning',
  facts: ['packument'],
  options: OPTIONS,
  docs: {
    summary: 'A version published with weaker provenance than earlier versions.',
    why: `Provenance ties a version to the workflow that built it, and a trusted publisher or an approval to people
who agreed to it. A stolen token has none of these, so their absence is often the first sign of a hijacked release. A
version is compared with those published before it. The rule reports

- one without provenance after one with provenance,
- one without an approval after one with an approval, and
- as information, one published with a token after one that a trusted CI service published.

Provenance proves where a version was built, not that it is safe, and it silences no other rule. Nothing is reported
where a registry omits provenance from all versions, or where the line was published without it for a month before. In
projects of pnpm, versions that \`trustPolicyExclude\` and \`trustPolicyIgnoreAfter\` allow are not reported either.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "dayflow": "3.2.1"
               ^^^^^^^ provenance-downgrade: dayflow 3.2.1 was published without provenance, which 3.2.0 has. Use 3.2.0 until you know why.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "dayflow": "3.2.0"
  }
}
`,
    registry: {
      dayflow: {
        time: { '3.2.0': '2026-09-01T10:00:00Z', '3.2.1': '2026-11-10T10:00:00Z' },
        versions: {
          '3.2.0': {
            _npmUser: { name: 'ana' },
            dist: {
              tarball: 'https://registry.example.test/dayflow/-/dayflow-3.2.0.tgz',
              attestations: { provenance: { predicateType: 'https://slsa.dev/provenance/v1' } },
            },
          },
          '3.2.1': {
            _npmUser: { name: 'ana' },
            dist: { tarball: 'https://registry.example.test/dayflow/-/dayflow-3.2.1.tgz' },
          },
        },
      },
    },
  },
  factsOfEach: 'only',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, level, before, than, older } }) {
    const lost = before === 'trusted' && level === 'none' ? 'provenance' : before;
    const advice = older === null ? 'Find out why before you install it' : `Use ${older} until you know why`;
    return `${name} ${version} was published ${WITHOUT[lost]}, which ${than} has. ${advice}.`;
  },
  *fix({ data: { older, declared }, span, package: name }, { file, uri }) {
    if (older === null || declared === null || name === undefined) return;
    const fix = pinFix({ file, uri, span, name, declared }, older);
    if (fix !== undefined) yield fix;
  },
});

const WITHOUT: Readonly<Record<TrustLevel, string>> = {
  none: '',
  provenance: 'without provenance',
  trusted: 'without a trusted publisher',
  approved: "without somebody else's approval",
};

function* check(file: CheckedFile, context: RuleContext<typeof OPTIONS>): Generator<Found<Downgrade>> {
  const { days, exclude } = context.options;
  for (const selected of selectedVersions(file, context)) {
    const { name, target, version, packument, span } = selected;
    if (isPrivate(target, context.project)) continue;
    if (exclude.includes(target) || exclude.includes(`${target}@${version}`)) continue;
    const published = packument.times.get(version);
    if (published !== undefined && context.now - published > days * DAY) continue;
    const known = packument.versions.get(version);
    const best = bestBefore(selected);
    if (known === undefined || best === undefined) continue;
    const level = trustLevel(known);
    const before = trustLevel(best)!;
    if (level === undefined) context.unknown(target);
    if (level === undefined || trustRank(level) >= trustRank(before)) continue;
    if (isHabit(selected, best, level)) continue;
    if (isTrustedAnyway(context.project, target, version, published, context.now)) continue;
    yield {
      span,
      data: {
        name: target,
        version,
        level,
        before,
        than: best.version,
        older: isBelow(best.version, version) ? best.version : null,
        declared: selected.isDecidedHere ? (selected.declared ?? null) : null,
      },
      severity: severityOf(level, before),
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related: selected.related,
    };
  }
}

/** Lowers the severity for a token used in place of trusted publishing, which another rule judges by the publisher. */
function severityOf(level: TrustLevel, before: TrustLevel): Severity {
  return before === 'trusted' && level === 'provenance' ? 'information' : 'warning';
}

function isBelow(older: string, version: string): boolean {
  return semver.major(older) === semver.major(version) && semver.lt(older, version);
}

/** Returns the last of the earlier versions with the strongest provenance; undefined if none has any. */
function bestBefore({ packument, version }: SelectedVersion): PackumentVersion | undefined {
  let best: PackumentVersion | undefined;
  let rank = 0;
  for (const earlier of comparable(earlierVersions(packument, version), version)) {
    const level = trustLevel(earlier);
    if (level === undefined || trustRank(level) <= rank) continue;
    best = earlier;
    rank = trustRank(level);
  }
  return best;
}

/**
 * Checks whether compatible versions have been published like this one for a month or more since the stronger one, such
 * as an old line still published manually.
 */
function isHabit(
  { packument, version }: SelectedVersion,
  best: PackumentVersion,
  level: TrustLevel,
): boolean {
  const { times } = packument;
  const published = times.get(version);
  const since = times.get(best.version);
  if (published === undefined || since === undefined) return false;
  const major = semver.major(version);
  const line = comparable(earlierVersions(packument, version), version).filter(
    (earlier) => semver.major(earlier.version) === major,
  );
  return line.some((earlier) => {
    const time = times.get(earlier.version);
    const own = trustLevel(earlier);
    const isAsNow = own !== undefined && trustRank(own) <= trustRank(level);
    return isAsNow && time !== undefined && time > since && published - time >= HABIT;
  });
}

/** Excludes prereleases for a stable version: those are often published differently. */
function comparable(versions: readonly PackumentVersion[], version: string): readonly PackumentVersion[] {
  if (semver.prerelease(version) !== null) return versions;
  return versions.filter((earlier) => semver.prerelease(earlier.version) === null);
}
