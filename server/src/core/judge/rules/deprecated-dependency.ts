import semver from 'semver';
import { candidateVersion } from '../../know/registry/releases/candidate-version.ts';
import { replacementIn } from '../../know/registry/releases/replacement.ts';
import { memberOf } from '../../read/config/tree/config-tree.ts';
import { deprecatedEntries } from '../../read/lockfile/faults/deprecated-entries.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { specOf } from '../../read/manager/managers.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import {
  declaredEntries,
  versionKey,
  versionsOfManifests,
} from '../../read/project/locked/direct-entries.ts';
import { lockedEntry, registryVersion } from '../../read/project/locked/locked-dependency.ts';
import { cooldownOf } from '../../read/project/manager/cooldown.ts';
import type { Project } from '../../read/project/project.ts';
import type { Fix } from '../../read/text/finding.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { renameKey } from '../../read/text/json/json-edit.ts';
import { memoizeOf } from '../../read/text/remember-of.ts';
import { defineRule, type FixContext, type Found, type RuleContext } from '../check/rule.ts';
import { type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { updateFix } from '../check/version-fixes.ts';

/**
 * A deprecated version should not be used: it is flawed, replaced by another package, or unmaintained. Known false
 * positives: packages whose publishers deprecate every version but the latest; these get a hint that offers a newer
 * version.
 */
interface Deprecated {
  readonly name: string;
  readonly version: string;
  /** The publisher's reason: hostile text, sanitized to one line. */
  readonly reason: string;
  /** A newer version to use instead. */
  readonly newer: string | null;
  readonly inRange: boolean;
  /** The package that the publisher recommends, and the version to start with. */
  readonly replacement: { readonly name: string; readonly version: string } | null;
  readonly declared: string | null;
  /** Whether it is a transitive dependency, which the project cannot replace itself. */
  readonly isTransitive: boolean;
}

const LONGEST_REASON = 200;

export const deprecatedDependency = defineRule({
  id: 'deprecated-dependency',
  category: 'maintenance',
  preset: 'recommended',
  severity: 'warning',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A version that its publisher has deprecated.',
    why: `A deprecated version gets no more fixes. The rule uses the registry's current answer or, if the registry is
not asked, the copy in lockfiles of npm and pnpm.

- A direct dependency is a warning, at its declaration.
- A direct dependency whose range admits a newer, not deprecated version is a hint.
- A transitive dependency is a hint, at its lockfile entry.

pnpm's \`allowedDeprecatedVersions\` is honored.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "request": "^2.88.2"
    ^^^^^^^^^ deprecated-dependency: request 2.88.2 is deprecated ("no longer maintained"). Replace it.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "undici": "^8.0.0"
  }
}
`,
    registry: {
      request: {
        'dist-tags': { latest: '2.88.2' },
        time: { '2.88.2': '2020-02-11T10:00:00Z' },
        versions: { '2.88.2': { deprecated: 'no longer maintained' } },
      },
      undici: {
        'dist-tags': { latest: '8.0.0' },
        time: { '8.0.0': '2026-03-01T10:00:00Z' },
        versions: { '8.0.0': {} },
      },
    },
  },
  readsNoUrls: true,
  factsOfEach: 'also',
  check: {
    *manifest(manifest, context) {
      yield* bySelection(manifest, context);
      yield* byLockfile(manifest, context);
    },
    *lockfile(lockfile, context) {
      yield* inLockfile(lockfile, context);
    },
    pnpmWorkspace: bySelection,
    yarnrc: bySelection,
  },
  message({ data: { name, version, reason, newer, inRange, replacement, isTransitive } }) {
    const advice = isTransitive
      ? 'Update its dependents'
      : inRange
        ? `Update to ${newer}, which is in the range`
        : newer !== null
          ? `Update to ${newer}`
          : replacement !== null
            ? `Use ${replacement.name} instead`
            : adviceIn(reason, version);
    return `${name} ${version} is deprecated (${JSON.stringify(reason)}). ${advice}.`;
  },
  *fix(found, context) {
    const { data, package: name = data.name } = found;
    const { file, uri } = context;
    const place = declaredPlace(found, context);
    if (place === undefined || data.declared === null) return;
    if (data.newer !== null) {
      const fix = updateFix({ file, uri, span: place.valueSpan, name, declared: data.declared }, data.newer);
      if (fix !== undefined) yield fix;
    }
    const replaced = data.replacement === null ? undefined : replaceFix(found, data.replacement, context);
    if (replaced !== undefined) yield replaced;
  },
});

/** Extracts advice from the publisher's text, if nothing else is known. */
function adviceIn(reason: string, version: string): string {
  // For any other text semver makes an error with a stack, on every keystroke.
  const named = /^\s*v?\d/.test(reason) ? semver.valid(reason.trim()) : null;
  if (named !== null && semver.valid(version) !== null && semver.gt(named, version))
    return `Update to ${named}`;
  if (STUB.test(reason)) return 'Remove it';
  return isUpdateMeant(reason) ? 'Update it' : 'Replace it';
}

/**
 * The wording of DefinitelyTyped for packages with types of their own, and of others for features now in the platform.
 */
const STUB =
  /\byou (?:do not|don't|no longer) need (?:this|it)(?: package)? (?:to be )?installed\b|\b(?:provides|has|includes|ships with) its own types?\b/i;

/** Checks whether versions are deprecated rather than the package: eslint and puppeteer name the supported versions. */
function isUpdateMeant(reason: string): boolean {
  return PATTERNS_OF_VERSIONS.some((pattern) => pattern.test(reason));
}

const PATTERNS_OF_VERSIONS: readonly RegExp[] = [
  /^\s*[<≤]|@[<≤]|\band below\b|\b\d+\.x series\b/,
  /\b(?:old|older|prior|previous|earlier) versions?\b|\bversions? (?:prior|below|before|older|earlier)\b/i,
  /\bthis (?:\S+ )?version\b|\bversion-support\b/i,
  /\b(?:upgrade|update) to\b|\bplease (?:upgrade|update)\b/i,
];

function* bySelection(file: CheckedFile, context: RuleContext): Generator<Found<Deprecated>> {
  const allows = allowedVersions(context.project);
  for (const selected of selectedVersions(file, context)) {
    const found = saidByRegistry(selected, allows, context);
    if (found !== undefined) yield found;
  }
}

function saidByRegistry(
  selected: SelectedVersion,
  allows: (name: string, version: string) => boolean,
  context: RuleContext,
): Found<Deprecated> | undefined {
  const { name, target, version, packument, keySpan, from } = selected;
  const reason = packument.versions.get(version)?.deprecated;
  if (reason === undefined || allows(target, version)) return undefined;
  const { newer, inRange } = newerVersion(selected, context);
  const replacement = newer === undefined ? recommended(target, reason, context) : undefined;
  const isEasy = inRange && from !== 'lockfile';
  return {
    span: keySpan,
    data: {
      name: target,
      version,
      reason: shownText(reason, LONGEST_REASON),
      newer: newer ?? null,
      inRange: isEasy,
      replacement: replacement ?? null,
      declared: selected.isDecidedHere ? (selected.declared ?? null) : null,
      isTransitive: false,
    },
    severity: isEasy ? 'hint' : 'warning',
    package: name,
    version,
    ...(target === name ? {} : { target }),
    related: selected.related,
  };
}

/** Reads the lockfile's deprecation of a manifest's dependency if the registry is not asked or does not answer. */
function* byLockfile(manifest: Manifest, context: RuleContext): Generator<Found<Deprecated>> {
  const { project, facts } = context;
  const { lockfile } = project;
  const deprecated = lockfile === undefined ? [] : deprecatedEntries(lockfile);
  if (deprecated.length === 0) return;
  const names = new Set(deprecated.flatMap(({ name, alias }) => [name, alias]));
  const allows = allowedVersions(project);
  for (const dependency of effectiveDependencies(manifest)) {
    if (!names.has(dependency.name) && !names.has(dependency.target)) continue;
    const entry = lockedEntry(project, manifest.uri, dependency);
    const found = entry === undefined ? undefined : saidByEntry(entry, lockfile!, allows);
    if (found === undefined || facts.packument(found.data.name).state === 'ready') continue;
    yield { ...found, span: dependency.nameSpan, package: dependency.name, severity: 'warning' };
  }
}

/** Yields what no manifest or catalog of the project declares, each version once. */
function* inLockfile(lockfile: Lockfile, context: RuleContext): Generator<Found<Deprecated>> {
  const { project, facts } = context;
  const allows = allowedVersions(project);
  const direct = declaredEntries(lockfile);
  const asked = lockfile === project.lockfile ? askedEntries(project) : direct;
  const deprecated = new Map<LockEntry, Found<Deprecated>>();
  const add = (entry: LockEntry | undefined, found: Found<Deprecated> | undefined) => {
    if (entry !== undefined && found !== undefined) deprecated.set(entry, found);
  };
  for (const selected of selectedVersions(lockfile, context)) {
    add(selected.entry, saidByRegistry(selected, allows, context));
  }
  for (const entry of deprecatedEntries(lockfile)) {
    if (project.askedRange !== undefined && !asked.has(entry)) continue;
    // The current answer of the registry takes precedence.
    const isKnown =
      deprecated.has(entry) || (asked.has(entry) && facts.packument(entry.name).state === 'ready');
    if (!isKnown) add(entry, saidByEntry(entry, lockfile, allows));
  }
  if (deprecated.size === 0) return;
  const said = new Set(versionsOfManifests(lockfile, project));
  for (const [entry, found] of deprecated) {
    const key = versionKey(entry);
    if (said.has(key)) continue;
    said.add(key);
    const isTransitive = !direct.has(entry);
    const severity = isTransitive ? 'hint' : 'warning';
    yield { ...found, data: { ...found.data, isTransitive }, severity };
  }
}

function saidByEntry(
  entry: LockEntry,
  lockfile: Lockfile,
  allows: (name: string, version: string) => boolean,
): Found<Deprecated> | undefined {
  const version = registryVersion(entry, entry.name);
  const { name, deprecated, keySpan } = entry;
  if (version === undefined || deprecated === undefined || deprecated === '' || allows(name, version))
    return undefined;
  const reason = shownText(deprecated, LONGEST_REASON);
  return {
    span: keySpan,
    data: {
      ...{ name, version, reason, newer: laterLocked(lockfile, name, version) ?? null, inRange: false },
      ...{ replacement: null, declared: null, isTransitive: false },
    },
    package: name,
    version,
  };
}

/** The highest locked versions that are not deprecated there, by package, as edits of a manifest ask for the same again. */
const highestVersions = memoizeOf((_: Lockfile) => new Map<string, string | undefined>());

/** Returns the highest later version that is also locked and not deprecated there. */
function laterLocked(lockfile: Lockfile, name: string, version: string): string | undefined {
  const known = highestVersions(lockfile);
  if (!known.has(name)) known.set(name, highestOf(lockfile, name));
  const highest = known.get(name);
  if (highest === undefined || semver.valid(version) === null) return undefined;
  return semver.gt(highest, version) ? highest : undefined;
}

const byName = memoizeOf(({ entries }: Lockfile) => groupBy(entries, ({ name }) => name));

function highestOf(lockfile: Lockfile, name: string): string | undefined {
  const entries = byName(lockfile).get(name) ?? [];
  const sound = entries.flatMap((entry) => (entry.deprecated ? [] : (registryVersion(entry, name) ?? [])));
  return semver.rsort(sound)[0];
}

function newerVersion(
  { packument, specifier, version }: SelectedVersion,
  { project, now }: RuleContext,
): { readonly newer: string | undefined; readonly inRange: boolean } {
  const inner = plainOf(specifier);
  const accepts = (other: { readonly version: string }) => semver.gt(other.version, version);
  const question = { packument, coolDown: cooldownOf(project), now, current: version, accepts };
  const wanted = inner?.type === 'range' ? candidateVersion({ ...question, range: inner.range }) : undefined;
  if (wanted !== undefined) return { newer: wanted.version, inRange: true };
  return { newer: candidateVersion({ ...question, range: '*' })?.version, inRange: false };
}

/** Returns a popular package that the publisher recommends, if the registry has it. */
function recommended(
  target: string,
  reason: string,
  { facts, popular, project, now }: RuleContext,
): Deprecated['replacement'] | undefined {
  const name = replacementIn(reason);
  if (name === undefined || name === target || popular.downloads(name) === undefined) return undefined;
  const fact = facts.packument(name);
  if (fact.state !== 'ready') return undefined;
  const version = candidateVersion({ packument: fact.value, range: '*', coolDown: cooldownOf(project), now });
  return version === undefined ? undefined : { name, version: version.version };
}

/** Reads pnpm's `allowedDeprecatedVersions`: names with ranges. */
function allowedVersions({ manager, pnpmWorkspace }: Project): (name: string, version: string) => boolean {
  const setting = specOf(manager).specifiers.allowsDeprecated
    ? pnpmWorkspace?.setting('allowedDeprecatedVersions')
    : undefined;
  if (setting === undefined) return () => false;
  return (name, version) => {
    const value = memberOf(setting.value, name)?.value;
    return value?.type === 'scalar' && semver.satisfies(version, value.text);
  };
}

/** Returns the dependency of a manifest, or the catalog entry, whose key is marked. */
function declaredPlace({ span }: Found<Deprecated>, { file }: FixContext) {
  if (file.kind === 'manifest') {
    const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
    if (dependency !== undefined) return dependency;
  }
  if (file.kind !== 'manifest' && file.kind !== 'pnpmWorkspace' && file.kind !== 'yarnrc') return undefined;
  const line = file.catalogs.find(({ name }) => name.span.start === span.start);
  return line === undefined ? undefined : { valueSpan: line.value.span };
}

/** Replaces this package with the other one, unless it is an alias or the section already contains the other one. */
function replaceFix(
  { data, span }: Found<Deprecated>,
  replacement: NonNullable<Deprecated['replacement']>,
  { file, uri }: FixContext,
): Fix | undefined {
  if (file.kind !== 'manifest') return undefined;
  const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
  if (dependency === undefined || dependency.name !== data.name) return undefined;
  const section = file.sections.find(({ dependencies }) => dependencies.includes(dependency));
  if (section?.dependencies.some(({ name }) => name === replacement.name) === true) return undefined;
  const renamed = renameKey(file.text, dependency.nameSpan, replacement.name);
  if (renamed === undefined) return undefined;
  const value = JSON.stringify(`^${replacement.version}`);
  return {
    title: `Replace with ${JSON.stringify(replacement.name)}: ${value}`,
    applicability: 'unsafe',
    edits: [...renamed, { span: dependency.valueSpan, newText: value }].map((edit) => ({ uri, ...edit })),
  };
}
