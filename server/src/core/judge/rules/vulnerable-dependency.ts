import semver from 'semver';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { SEVERITIES, type Severity } from '../../read/text/finding.ts';
import { memoizeOf } from '../../read/text/remember-of.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import type { AdvisoryFacts } from '../exposure/advisory-facts.ts';
import { askForRemedies } from '../exposure/ask-for-remedies.ts';
import { listedFix } from '../exposure/clearing-version.ts';
import {
  describeAbout,
  describeFixed,
  formatCount,
  formatId,
  formatList,
  versionWords,
} from '../exposure/describe-advisory.ts';
import type { ExposedPlace } from '../exposure/exposed-place.ts';
import { exposedPlaces } from '../exposure/exposed-places.ts';
import { type Exposure, foundExposure } from '../exposure/found-exposure.ts';
import { placeSeverity } from '../exposure/place-severity.ts';
import { type ShownAdvisory, shownAdvisories } from '../exposure/shown-advisories.ts';
import { type AuditSettings, auditSettingsOf, isBelow } from '../policy/audit-settings.ts';
import { bundlersOf, describeBundled } from '../remedy/bundlers.ts';
import { leftInRange } from '../remedy/fix-in-range.ts';
import { projectGraph } from '../remedy/project-graph.ts';
import { remediesFor } from '../remedy/remedies-for.ts';

interface Vulnerable extends Exposure {
  /**
   * The first and last version above the known affected ones, if the fixed version is unknown but the registry's are
   * known.
   */
  readonly later?: readonly [first: string, last: string];
  /** The release to take if the registry does not list the fixed version; null if it lists none with the fix. */
  readonly listed?: string | null;
  /** What to do about a version whose copies are all inside the tarballs of other packages. */
  readonly bundled?: string;
  /** Ids of these advisories that remain in the best version admitted by the declared ranges. */
  readonly leftInRange?: readonly string[];
}

const OPTIONS = {
  production: {
    type: 'boolean',
    default: false,
    stricter: false,
    description: 'Skip development dependencies.',
  },
} as const;

/**
 * Replace known vulnerabilities before attackers find them. Known false positives: weaknesses in a part of the package
 * that the project never calls; accept such an advisory with a reason in the configuration file. A range whose end its
 * source lost is believed only as far as another source confirms.
 */
export const vulnerableDependency = defineRule({
  id: 'vulnerable-dependency',
  category: 'advisories',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: OPTIONS,
  docs: {
    summary: 'A version with a known vulnerability, as a direct or transitive dependency.',
    why: `A published advisory shows everybody how to attack a version. All known vulnerabilities of a version are
one finding, at its declaration. For a transitive dependency it is at the lockfile entry, and names the packages that
pull it in.

The severity depends on what the weakness allows, on the advisory's own rating, and on where the package is used: in
production, directly, or only in fixtures. See [the table](../advisories.md#severity). The message keeps the
advisory's own rating.

Without a lockfile, the rule checks the version that would be installed now. If registry access is not allowed, it
checks the highest known version in the range.

Settings of the project's package manager are honored, but malware is always reported:

- npm's \`audit-level\` and \`omit\`
- pnpm's \`audit.level\` and \`audit.ignore\` (also \`auditConfig\`, before pnpm 11 in package.json too)
- Yarn's \`npmAuditExcludePackages\`, \`npmAuditIgnoreAdvisories\` and \`npmAuditEnvironment\`

Yarn identifies advisories by the registry's numbers, which are available only in trusted folders. Advisories are
bundled, and registries provide newer ones. The hover card shows their source and age.`,
    advisories: [
      {
        id: 'GHSA-xvch-5gv4-984h',
        summary: 'Prototype Pollution in minimist',
        aliases: ['CVE-2021-44906'],
        affected: [
          {
            package: { ecosystem: 'npm', name: 'minimist' },
            ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.2.4' }] }],
          },
          {
            package: { ecosystem: 'npm', name: 'minimist' },
            ranges: [{ type: 'SEMVER', events: [{ introduced: '1.0.0' }, { fixed: '1.2.6' }] }],
          },
        ],
        database_specific: { severity: 'CRITICAL', cwe_ids: ['CWE-1321'] },
      },
    ],
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "mkdirp": "^0.5.1"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "mkdirp": "^0.5.1" } },
    "node_modules/mkdirp": { "version": "0.5.1", "dependencies": { "minimist": "0.0.8" } },
    "node_modules/minimist": {
      "version": "0.0.8"
                 ^^^^^^^ vulnerable-dependency: minimist 0.0.8 has a critical vulnerability: Prototype Pollution in minimist (GHSA-xvch-5gv4-984h), fixed in 0.2.4. Pulled in by mkdirp. Update mkdirp or override minimist.
    }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "mkdirp": "^0.5.1"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "mkdirp": "^0.5.1" } },
    "node_modules/mkdirp": { "version": "0.5.6", "dependencies": { "minimist": "^1.2.6" } },
    "node_modules/minimist": { "version": "1.2.8" }
  }
}
`,
  },
  readsNoUrls: true,
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message: ({ data }) => messageOf(data),
  *fix({ data: { advisories } }, context) {
    yield* remediesFor(
      context,
      advisories.map(({ package: name, version }) => ({ name, version })),
    );
  },
});

function* check(file: CheckedFile, context: RuleContext<typeof OPTIONS>): Generator<Found<Vulnerable>> {
  const { project, advisories, options } = context;
  const settings = auditSettingsOf(project);
  const isProduction = options.production || settings.production;
  const isReported = (advisory: Advisory) =>
    !settings.ignores(advisory) && !(settings.leavesOutMilder && isBelow(advisory.severity, settings.level));
  for (const place of exposedPlaces(file, context, 'vulnerability')) {
    if (place.isDev && isProduction) continue;
    const told = shownAdvisories(
      place,
      advisories,
      (advisory, found) =>
        isReported(advisory) && !settings.excludes(found.package) && !context.accepts(found),
    );
    if (told.length === 0) continue;
    askForRemedies(place, told, context);
    const severity = severityOf(told, place, settings);
    const found = foundExposure(place, told, file, project, severity);
    const later = laterVersions(told, context);
    const listed = listedInstead(told, context);
    const more = {
      ...(later === undefined ? {} : { later }),
      ...(listed === undefined ? {} : { listed }),
      ...outOfHands(place, told, context),
    };
    yield Object.keys(more).length === 0 ? found : { ...found, data: { ...found.data, ...more } };
  }
}

/**
 * Returns what calls for other advice than updating or overriding: overrides do not reach a copy in the tarball of
 * another package, and are not needed within the ranges. The project's own declarations are raised even if their range
 * admits the fix.
 */
function outOfHands(
  place: ExposedPlace,
  told: readonly ShownAdvisory[],
  context: RuleContext,
): Pick<Vulnerable, 'bundled' | 'leftInRange'> {
  const { kind, isDirect, own } = place;
  if (own === undefined || (kind !== 'entry' && kind !== 'override') || (kind === 'entry' && isDirect))
    return {};
  const graph = own.entry?.bundled === true ? projectGraph(context) : undefined;
  const bundlers = graph === undefined ? [] : bundlersOf(graph, own);
  if (bundlers.length > 0) return { bundled: describeBundled(bundlers) };
  const left = leftInRange(context, own);
  if (left === undefined) return {};
  const ids = told.map(({ facts }) => facts.id).filter((id) => left.includes(id));
  return ids.length < told.length ? { leftInRange: ids } : {};
}

/**
 * Returns the highest severity of the advisories where the package is used. npm lists severities below its level, and
 * fails only for the rest. A version that nobody is known to install is not an error.
 */
function severityOf(
  told: readonly ShownAdvisory[],
  { by, used }: ExposedPlace,
  { level }: AuditSettings,
): Severity {
  const severities = told.map(({ advisory }) => {
    const severity = placeSeverity(advisory, used);
    const isShown = by === 'highest' || isBelow(advisory.severity, level);
    return isShown && severity !== 'hint' ? 'information' : severity;
  });
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'information';
}

/** Returns the first and last version above the known affected ones if no record states which one has the fix. */
function laterVersions(
  told: readonly ShownAdvisory[],
  { facts }: Pick<RuleContext, 'facts'>,
): readonly [first: string, last: string] | undefined {
  const { of, facts: worst } = told[0]!;
  if (!worst.isFixUnknown || facts.unreachable !== undefined) return undefined;
  const fact = facts.packument(of.name);
  if (fact.state !== 'ready' || semver.valid(of.version) === null) return undefined;
  const later = [...fact.value.versions.keys()]
    .filter((version) => semver.valid(version) !== null && semver.prerelease(version) === null)
    .filter((version) => semver.gt(version, of.version))
    .filter((version) => of.advisories.every((advisory) => advisory.affects(version) !== 'yes'))
    .sort(semver.compare);
  return later.length === 0 ? undefined : [later[0]!, later.at(-1)!];
}

/** Returns what the registry lists instead of the fixed version, if that is known and another. */
function listedInstead(
  told: readonly ShownAdvisory[],
  { facts, advisories }: Pick<RuleContext, 'facts' | 'advisories'>,
): string | null | undefined {
  const { of, facts: worst } = told[0]!;
  if (worst.allFixedIn === null || facts.unreachable !== undefined) return undefined;
  const fact = facts.packument(of.name);
  if (fact.state !== 'ready') return undefined;
  const { name, version } = of;
  return listedFix(advisories, { name, version, fixed: worst.allFixedIn }, fact.value.versions);
}

const messageOf = memoizeOf((data: Vulnerable) => `${sentenceOf(data)}. ${adviceOf(data)}.`);

function sentenceOf(data: Vulnerable): string {
  const { advisories, later, listed } = data;
  const worst = advisories[0]!;
  const above =
    later === undefined ? '' : ` (later versions: ${later[0] === later[1] ? later[0] : later.join(' to ')})`;
  return `${subjectOf(data, worst)} ${formatCount(advisories)}${describeAbout(worst)}${describeFixed(advisories, listed)}${above}`;
}

function subjectOf(data: Vulnerable, worst: AdvisoryFacts): string {
  const { kind, by, declared } = data;
  const subject = `${versionWords(worst)}${describeUse(data)}`;
  if (kind === 'override') return `${subject}, set by this override, has`;
  if (by === 'chosen') return `${subject}, which ${JSON.stringify(declared)} takes now, has`;
  return by === 'highest'
    ? `${JSON.stringify(declared)} may resolve to ${subject}, which has`
    : `${subject} has`;
}

/** Explains a development severity: what only development tools pull in counts as development as well. */
function describeUse({ used, isDirect }: Vulnerable): string {
  if (used === 'production') return '';
  return used === 'development-tools' && isDirect ? ' (development tool)' : ' (development)';
}

function adviceOf(data: Vulnerable): string {
  const { kind, by, advisories, introducers, isDirect, bundled, leftInRange: left, listed } = data;
  const worst = advisories[0]!;
  if (bundled !== undefined) return bundled;
  const isNamed = worst.allFixedIn !== null || advisories.some(({ fixedIn }) => fixedIn !== null);
  const hasFix = isNamed && listed !== null;
  const fixed = left?.length === 0 ? 'it' : `all but ${formatList((left ?? []).map(formatId))}`;
  const inRange = left === undefined ? undefined : `An update within the declared ranges fixes ${fixed}`;
  if (kind === 'entry' && !isDirect) {
    if (introducers.length === 0) return inRange ?? 'Update what depends on it';
    const names = formatList(introducers);
    const those = introducers.length === 1 ? names : 'those';
    const canOverride = hasFix || worst.isFixUnknown;
    const beyond = canOverride
      ? `Update ${those} or override ${worst.package}`
      : `Update or replace ${those}, or accept it with a reason`;
    // Where one version fixes all, less is no advice: an override is what the fix offers.
    const isLess = left !== undefined && left.length > 0 && worst.allFixedIn !== null;
    return `Pulled in by ${names}. ${isLess ? beyond : (inRange ?? beyond)}`;
  }
  if (inRange !== undefined) return inRange;
  if (kind === 'override')
    return hasFix ? 'Set that version' : 'Set another version, or accept it with a reason';
  if (by === 'highest' && hasFix) return 'Commit a lockfile, or raise the range';
  if (by === 'highest' && worst.isFixUnknown) return 'Commit a lockfile, so that the version is known';
  return hasFix ? 'Update it' : 'Replace it, or accept it with a reason';
}
