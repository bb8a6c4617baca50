import type { Advisory } from '../../know/advisory/advisory.ts';
import { npmRange } from '../../know/advisory/osv/npm-range.ts';
import { judgeName } from '../../know/identity/confusable-with.ts';
import { isSecurityHolding } from '../../know/registry/releases/security-holding.ts';
import { knownName } from '../../read/manifest/known-name.ts';
import { nameFixes } from '../../read/manifest/name-fixes.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import { readSpecifier } from '../../read/manifest/read-specifier.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Fix, Severity } from '../../read/text/finding.ts';
import { satisfies } from '../../read/text/satisfies.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type FixContext, type Found, type RuleContext } from '../check/rule.ts';
import { reportsIn } from '../exposure/affecting.ts';
import { askForRemedies } from '../exposure/ask-for-remedies.ts';
import { formatId, formatList, versionWords } from '../exposure/describe-advisory.ts';
import type { ExposedPlace } from '../exposure/exposed-place.ts';
import { exposedPlaces } from '../exposure/exposed-places.ts';
import { type Exposure, foundExposure } from '../exposure/found-exposure.ts';
import { type ShownAdvisory, shownAdvisories } from '../exposure/shown-advisories.ts';
import { remediesFor } from '../remedy/remedies-for.ts';
import { meantNameFixes } from './meant-name-fixes.ts';
import { responseMarkdown } from './response-steps.ts';

/**
 * Malware runs during installation, so a locked version may already have run. Known false positives: reports that mark
 * all versions of a name as malware although only some were hijacked; for a popular package such a report is a warning
 * to investigate.
 */
interface Malicious extends Exposure {
  /** Whether the only evidence marks every version of a popular package as malware. */
  readonly isDoubtful: boolean;
}

export const maliciousVersion = defineRule({
  id: 'malicious-version',
  category: 'advisories',
  preset: 'security',
  severity: 'error',
  facts: ['packument', 'downloads'],
  options: {},
  docs: {
    summary: 'A version that is known to be malware, as a direct or transitive dependency.',
    why: `Hijacked and planted releases run their code when they are installed or loaded, and steal the credentials
they find. The registry removes them, but lockfiles, caches and images keep them.

${responseMarkdown()}

If one report calls every version malware and others list versions, only the listed versions count. Without a
lockfile, the rule checks the version that would be installed now. A range whose lowest version is malware is an error.
It is a warning if the range admits a known clean version, or if the package is widely used.`,
    advisories: [
      {
        id: 'MAL-2026-2307',
        aliases: ['GHSA-fw8c-xr5c-95f9'],
        affected: [{ package: { ecosystem: 'npm', name: 'axios' }, versions: ['1.14.1', '0.30.4'] }],
        database_specific: { cwe_ids: ['CWE-506'] },
      },
    ],
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "axios": "1.14.1"
             ^^^^^^^^ malicious-version: axios 1.14.1 is malware (GHSA-fw8c-xr5c-95f9). Remove it. Treat machines that installed it as compromised and rotate credentials from a clean machine.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "axios": "1.14.0"
  }
}
`,
  },
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message: ({ data }) => `${sentenceOf(data)}. ${adviceOf(data)}.`,
  *fix({ data, span }, context) {
    const remedies = remediesFor(
      context,
      data.advisories.map(({ package: name, version }) => ({ name, version })),
    );
    yield* remedies;
    if (remedies.every(({ edits }) => edits.length === 0)) yield* removalFixes(data, span, context);
  },
});

function* check(file: CheckedFile, context: RuleContext): Generator<Found<Malicious>> {
  for (const place of exposedPlaces(file, context, 'malware')) {
    const reported = shownAdvisories(place, context.advisories, (_, found) => !context.accepts(found));
    if (reported.length === 0) continue;
    askForRemedies(place, reported, context);
    yield foundAt(place, reported, file, context);
  }
}

/** Yields fixes for a declaration of malware without a known clean version: the name itself is then wrong. */
function* removalFixes(
  { name, isOwn, isDoubtful }: Malicious,
  span: Span,
  context: FixContext,
): Generator<Fix> {
  const { file, popular } = context;
  if (file.kind !== 'manifest' || !isOwn || isDoubtful) return;
  const dependency = file.dependencies.find(
    ({ target, valueSpan }) => target === name && valueSpan.start <= span.start && span.end <= valueSpan.end,
  );
  if (dependency === undefined) return;
  const meant = judgeName(knownName(name).text, popular)?.target;
  if (meant === undefined) yield* nameFixes(file, dependency, undefined);
  else yield* meantNameFixes(file, dependency, meant, context);
}

function foundAt(
  place: ExposedPlace,
  reported: readonly ShownAdvisory[],
  file: CheckedFile,
  context: RuleContext,
): Found<Malicious> {
  const certain = reported.filter((each) => !isDoubtful(each, context));
  const isOnlyDoubtful = certain.length === 0;
  const shown = isOnlyDoubtful ? reported : certain;
  const severity = severityOf(place, isOnlyDoubtful, context);
  const found = foundExposure(place, shown, file, context.project, severity);
  return { ...found, data: { ...found.data, isDoubtful: isOnlyDoubtful } };
}

/** Lowers the severity of a range that only starts with such a version if a clean version in it is known or likely. */
function severityOf(place: ExposedPlace, isOnlyDoubtful: boolean, context: RuleContext): Severity {
  return isOnlyDoubtful || (place.by === 'lowest' && mayBeClean(place, context)) ? 'warning' : 'error';
}

/** Checks whether a record names a clean version in the range, or the package is so popular that there must be one. */
function mayBeClean({ target, declared = '' }: ExposedPlace, context: RuleContext): boolean {
  const specifier = plainOf(readSpecifier(target, declared));
  const range = specifier?.type === 'tag' ? undefined : specifier?.range;
  const reports = reportsIn(context.project, context.advisories)(target);
  const malware = reports.filter(({ isMalware }) => isMalware);
  const isClean = (version: string) =>
    range !== undefined &&
    satisfies(version, range) &&
    malware.every((report) => report.affects(version) === 'no');
  if (reports.some(({ fixedIn }) => fixedIn.some(isClean))) return true;
  return malware.some((report) => isWidelyUsed(report, context));
}

const FEW_VERSIONS = 5;
const MANY_A_WEEK = 10_000;
const WEEKS_A_MONTH = 30 / 7;

/**
 * Checks whether an advisory marks every version as malware for a package so popular that this would have been noticed.
 */
function isDoubtful({ advisory }: ShownAdvisory, context: RuleContext): boolean {
  return npmRange(advisory.range).isEverything && isWidelyUsed(advisory, context);
}

function isWidelyUsed({ package: name }: Advisory, { facts, popular }: RuleContext): boolean {
  const isAsked = facts.unreachable === undefined;
  const packument = isAsked ? facts.packument(name) : undefined;
  if (packument?.state === 'ready') {
    if (packument.value.versions.size <= FEW_VERSIONS || isSecurityHolding(packument.value)) return false;
  }
  const downloads = isAsked ? facts.downloads(name) : undefined;
  const aWeek =
    downloads?.state === 'ready' ? downloads.value.lastWeek : (popular.downloads(name) ?? 0) / WEEKS_A_MONTH;
  return aWeek >= MANY_A_WEEK;
}

function sentenceOf({ kind, by, declared, dev, used, advisories, isDoubtful }: Malicious): string {
  const worst = advisories[0]!;
  const id = formatId(worst.id);
  if (isDoubtful) {
    return `${id} calls every version of ${worst.package} malware, which is doubtful for such a widely used package`;
  }
  const malware = `${versionWords(worst)}${dev && used !== 'production' ? ' (development)' : ''}`;
  return `${subjectOf({ kind, by, declared }, malware)} is malware (${id})`;
}

function subjectOf(
  { kind, by, declared }: Pick<Malicious, 'kind' | 'by' | 'declared'>,
  malware: string,
): string {
  if (kind === 'override') return `${malware}, which this override sets,`;
  if (by === 'chosen') return `${JSON.stringify(declared)} takes ${malware} now, which`;
  return by === 'lowest' ? `${JSON.stringify(declared)} may resolve to ${malware}, which` : malware;
}

function adviceOf({ kind, by, advisories, introducers, isDoubtful }: Malicious): string {
  if (isDoubtful) return `Check by hand whether ${versionWords(advisories[0]!)} is meant`;
  const compromised =
    'Treat machines that installed it as compromised and rotate credentials from a clean machine';
  if (by === 'chosen' || by === 'lowest') return `Declare a clean version. ${compromised}`;
  // A package of which a version was hijacked has clean ones, and dependents that need it.
  const clean = advisories[0]!.allFixedIn ?? advisories[0]!.fixedIn;
  const way = clean === null ? 'Remove it' : `Move to ${clean} or later`;
  const advice = `${way}. ${compromised}`;
  if (kind !== 'entry' || introducers.length === 0) return advice;
  return `Pulled in by ${formatList(introducers)}. ${advice}`;
}
