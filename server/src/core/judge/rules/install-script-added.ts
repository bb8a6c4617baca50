import semver from 'semver';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { publishTimes } from '../../know/registry/documents/publish-times.ts';
import { previousVersion } from '../../know/registry/releases/earlier-versions.ts';
import { isFromTrustedSource } from '../../know/registry/releases/release-signs.ts';
import { hasScriptByRegistry } from '../../know/scripts/script-by-registry.ts';
import { scriptVerdict } from '../../know/scripts/script-verdict.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { declaredEntries } from '../../read/project/locked/direct-entries.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import { newlyLocked } from '../../read/project/locked/newly-locked.ts';
import type { Project } from '../../read/project/project.ts';
import type { Severity } from '../../read/text/finding.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { isPrivate, type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';
import { reportedDays } from './reported-days.ts';

/**
 * Hijacked packages mostly gain an install script, as the versions before had none to hide in. A changed text alone is
 * not reported, as it changes with ordinary work. Known false positives: a package that starts to build native code. As
 * one with provenance of its usual repository is more likely that, it is a warning.
 */
interface Added {
  readonly name: string;
  readonly version: string;
  /** Its name and text; null if the lockfile alone shows it. */
  readonly script: readonly [name: string, command: string] | null;
  /** The version without one. */
  readonly before: string;
  readonly declared: string | null;
}

const DAY = 86_400_000;

const OPTIONS = { days: reportedDays(90) };

export const installScriptAdded = defineRule({
  id: 'install-script-added',
  category: 'scripts',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: OPTIONS,
  docs: {
    summary: 'A version that adds an install script, which the version before it did not have.',
    why: `Most hijacked versions have an install script that the version before them did not have. The rule compares

- a version that is new in the lockfile with the one in the base,
- any other version, for 90 days after its publication, with the one published before it in the same major version.

Where the lockfile marks packages with install scripts, that alone shows an addition. Otherwise the registry's documents
do, if registry access is allowed. A version that a CI service published with provenance from the repository it had
before is a warning. Nothing is reported for a first version, for a denied script, for an approval of exactly this
version, and where the registry does not say which versions have scripts.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "dayflow": "3.2.1"
               ^^^^^^^ install-script-added: dayflow 3.2.1 adds a preinstall script: "node setup.mjs"; 3.2.0 had none. Use 3.2.0 until you know why, or deny the script.
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
        time: { '3.2.0': '2026-09-01T10:00:00Z', '3.2.1': '2026-11-20T10:00:00Z' },
        versions: {
          '3.2.0': { scripts: { test: 'node --test' } },
          '3.2.1': { scripts: { preinstall: 'node setup.mjs' } },
        },
      },
    },
  },
  factsOfEach: 'also',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, script, before } }) {
    const what =
      script === null
        ? 'an install script, according to the lockfile'
        : `a ${script[0]} script: "${shownText(script[1], 100)}"`;
    const glue = script === null ? ', and' : ';';
    return `${name} ${version} adds ${what}${glue} ${before} had none. Use ${before} until you know why, or deny the script.`;
  },
  *fix({ data: { name, before, declared }, span }, { file, uri }) {
    if (declared === null) return;
    const fix = pinFix({ file, uri, span, name, declared }, before);
    if (fix !== undefined) yield fix;
  },
});

function* check(file: CheckedFile, context: RuleContext<typeof OPTIONS>): Generator<Found<Added>> {
  const { project } = context;
  const reported = new Set<string>();
  for (const selected of selectedVersions(file, context)) {
    const { name, target, version, packument, span, entry, related } = selected;
    const before = versionWithout(selected, context);
    if (before === undefined || isPrivate(target, project)) continue;
    if (isDecided(target, entry, project)) continue;
    reported.add(`${target}@${version}`);
    const [script] = packument.versions.get(version)?.installScripts ?? [];
    yield {
      span,
      data: {
        name: target,
        version,
        script: script ?? ['gyp', 'node-gyp rebuild'],
        before,
        declared: selected.isDecidedHere ? (selected.declared ?? null) : null,
      },
      ...severityOf(packument, version),
      cause: 'install-script',
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related,
    };
  }
  for (const { entry, span, declared } of flaggedIn(file, project)) {
    const version = entry.version!.value;
    const before = earlierInBase(entry, project);
    if (before === undefined || reported.has(`${entry.name}@${version}`)) continue;
    if (isDecided(entry.name, entry, project) || isPrivate(entry.name, project)) continue;
    reported.add(`${entry.name}@${version}`);
    const data = { name: entry.name, version, script: null, before, declared };
    yield { span, data, severity: 'warning', cause: 'install-script', package: entry.name, version };
  }
}

function severityOf(packument: Packument, version: string): { readonly severity?: Severity } {
  return isFromTrustedSource(packument, version) ? { severity: 'warning' } : {};
}

/** Returns the version to compare with if it has no script and this one has. */
function versionWithout(
  { target, version, packument }: SelectedVersion,
  { project, now, options }: RuleContext<typeof OPTIONS>,
): string | undefined {
  if (hasScriptByRegistry(packument, version) !== true) return undefined;
  const inBase = lowerInBase(target, version, project);
  const published = publishTimes(packument).get(version);
  const isRecent = published !== undefined && now - published <= options.days * DAY;
  const before = inBase ?? (isRecent ? previousVersion(packument, version)?.version : undefined);
  return before !== undefined && hasScriptByRegistry(packument, before) === false ? before : undefined;
}

/** Returns the highest lower version in the lockfile of the base, if the base has not this one. */
function lowerInBase(name: string, version: string, { committedLockfile }: Project): string | undefined {
  let best: string | undefined;
  for (const entry of committedLockfile?.entries ?? []) {
    const other = entry.name === name && entry.source === 'registry' ? entry.version?.value : undefined;
    if (other === undefined || semver.valid(other) === null) continue;
    if (other === version) return undefined;
    if (
      semver.valid(version) !== null &&
      semver.lt(other, version) &&
      (best === undefined || semver.gt(other, best))
    )
      best = other;
  }
  return best;
}

interface Flagged {
  readonly entry: LockEntry;
  readonly span: Span;
  readonly declared: string | null;
}

/** Yields packages new since the base that the lockfile marks: in a manifest those that it declares. */
function* flaggedIn(file: CheckedFile, project: Project): Generator<Flagged> {
  const { lockfile, committedLockfile } = project;
  if (lockfile === undefined || committedLockfile?.recordsInstallScripts !== true) return;
  const added = new Set(newlyLocked(project).filter(isFlagged));
  if (added.size === 0) return;
  if (file.kind === 'manifest') yield* declaredAmong(added, file, project);
  if (file !== lockfile) return;
  const declared = declaredEntries(lockfile);
  for (const entry of added) if (!declared.has(entry)) yield { entry, span: spanOf(entry), declared: null };
}

function* declaredAmong(
  added: ReadonlySet<LockEntry>,
  manifest: Manifest,
  project: Project,
): Generator<Flagged> {
  for (const dependency of effectiveDependencies(manifest)) {
    const entry = lockedEntry(project, manifest.uri, dependency);
    if (entry === undefined || !added.has(entry)) continue;
    // A catalog or an override may decide instead, so that nothing is pinned here.
    yield { entry, span: dependency.valueSpan, declared: null };
  }
}

function isFlagged({ hasInstallScript, version }: LockEntry): boolean {
  return hasInstallScript === true && version !== undefined;
}

function spanOf({ version, keySpan }: LockEntry): Span {
  return version?.span ?? keySpan;
}

/** Returns the highest lower version in the base if no version there has a script. */
function earlierInBase({ name, version }: LockEntry, project: Project): string | undefined {
  const ofName = project.committedLockfile?.entries.filter((entry) => entry.name === name) ?? [];
  if (ofName.some(({ hasInstallScript }) => hasInstallScript === true)) return undefined;
  return lowerInBase(name, version!.value, project);
}

/** Checks whether the script is denied, or approved for exactly this version. */
function isDecided(name: string, entry: LockEntry | undefined, project: Project): boolean {
  const verdict = scriptVerdict(project, name, entry);
  if (verdict.type === 'approved') return verdict.version !== undefined;
  return verdict.type === 'denied' || verdict.type === 'left-out';
}
