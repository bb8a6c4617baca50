import semver from 'semver';
import { judgeName } from '../../know/identity/confusable-with.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { publishTimes } from '../../know/registry/documents/publish-times.ts';
import { belongTogether, isTrustedPublish } from '../../know/registry/documents/publisher.ts';
import { type AddedDependency, addedDependencies } from '../../know/registry/releases/added-dependencies.ts';
import { candidateVersion } from '../../know/registry/releases/candidate-version.ts';
import { sameRepository } from '../../know/registry/releases/version-changes.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { knownName } from '../../read/manifest/known-name.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import { declaredEntries, versionKey } from '../../read/project/locked/direct-entries.ts';
import { registryVersion } from '../../read/project/locked/locked-dependency.ts';
import { newlyLocked } from '../../read/project/locked/newly-locked.ts';
import { cooldownOf } from '../../read/project/manager/cooldown.ts';
import type { Severity } from '../../read/text/finding.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { formatAge } from '../../read/text/words/dates.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { isPrivate, type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';
import { reportedDays } from './reported-days.ts';

/**
 * The least visible way to put code into a package is a new dependency, as in the event-stream and axios attacks. Known
 * false positives: a maintainer who splits off a package under another account; the same scope, or the same publisher
 * and repository, are recognized.
 */
interface Added {
  readonly name: string;
  readonly version: string;
  readonly added: string;
  /** locked: new in the lockfile, whatever pulled it in. */
  readonly why: 'new' | 'exotic' | 'itself' | 'lookalike' | 'locked';
  /** Its age, its source, or the name it resembles. */
  readonly detail: string;
  readonly before: string | null;
  readonly older: string | null;
  readonly declared: string | null;
}

const DAY = 86_400_000;
const NEW_FOR = 30 * DAY;
/** No honest patch adds more; limits the registry requests. */
const MOST = 20;

const OPTIONS = { days: reportedDays(180) };

export const dependencyAddedInPatch = defineRule({
  id: 'dependency-added-in-patch',
  category: 'releases',
  preset: 'security',
  severity: 'warning',
  facts: ['packument'],
  options: OPTIONS,
  docs: {
    summary:
      'A patch or minor version that adds a dependency that is brand new, not from a registry, or the package itself.',
    why: `A new dependency can carry code that no diff of the package itself shows. The rule reports a version of
the last half year with a dependency that no earlier version had, if that dependency

- was first published less than 30 days ago,
- comes from git or a URL,
- is the package itself, or
- has a name close to that of a popular package.

It also reports a package that is locked for the first time since the base and was first published less than 30 days
ago.

New packages of the same scope, or by the same publisher from the same repository, are not reported.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "http-please": "1.14.1"
                   ^^^^^^^^ dependency-added-in-patch: http-please 1.14.1 adds the dependency "plain-crypto-please", which was first published 2 days ago. Stay with 1.14.0 until you know why.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "http-please": "1.14.0"
  }
}
`,
    registry: {
      'http-please': {
        'dist-tags': { latest: '1.14.1' },
        time: { '1.14.0': '2026-08-01T10:00:00Z', '1.14.1': '2026-11-23T00:21:00Z' },
        versions: { '1.14.0': {}, '1.14.1': { dependencies: { 'plain-crypto-please': '^4.2.1' } } },
      },
      'plain-crypto-please': {
        'dist-tags': { latest: '4.2.1' },
        time: {
          created: '2026-11-22T08:00:00Z',
          '4.2.0': '2026-11-22T08:00:00Z',
          '4.2.1': '2026-11-22T23:59:00Z',
        },
        versions: { '4.2.0': {}, '4.2.1': {} },
      },
    },
  },
  factsOfEach: 'only',
  check: {
    manifest: check,
    pnpmWorkspace: check,
    yarnrc: check,
    *lockfile(lockfile, context) {
      yield* check(lockfile, context);
      yield* newInLockfile(lockfile, context);
    },
  },
  message({ data: { name, version, added, why, detail, before, older } }) {
    const stay = `Stay with ${older ?? before} until you know why`;
    switch (why) {
      case 'new':
        return `${name} ${version} adds the dependency "${added}", which was first published ${detail}. ${stay}.`;
      case 'exotic':
        return `${name} ${version} adds the dependency "${added}", which does not come from a registry (${detail}). ${stay}.`;
      case 'itself':
        return `${name} ${version} adds itself as a dependency (${detail}). ${stay}.`;
      case 'lookalike':
        return `${name} ${version} adds the dependency "${added}", which looks like a misspelling of "${detail}". ${stay}.`;
      case 'locked':
        return `${name} ${version} is in this lockfile for the first time, and was first published ${detail}. Find out what pulled it in.`;
    }
  },
  *fix({ data: { older, declared }, span, package: name }, { file, uri }) {
    if (older === null || declared === null || name === undefined) return;
    const fix = pinFix({ file, uri, span, name, declared }, older);
    if (fix !== undefined) yield fix;
  },
});

type Context = RuleContext<typeof OPTIONS>;

function* check(file: CheckedFile, context: Context): Generator<Found<Added>> {
  const { options, project } = context;
  for (const selected of selectedVersions(file, context)) {
    const { name, target, version, packument, span } = selected;
    const published = publishTimes(packument).get(version);
    if (published === undefined || context.now - published > options.days * DAY || isPrivate(target, project))
      continue;
    const found = addedDependencies(packument, version)
      .slice(0, MOST)
      .map((dependency) => ({ dependency, judged: judge(selected, dependency, context) }))
      .filter(({ judged }) => judged !== undefined)
      .sort((a, b) => ORDER.indexOf(a.judged!.why) - ORDER.indexOf(b.judged!.why))[0];
    if (found?.judged === undefined) continue;
    const { dependency, judged } = found;
    yield {
      span,
      data: {
        name: target,
        version,
        added: shownText(dependency.target),
        ...judged,
        before: dependency.before.version,
        older: olderVersion(selected, dependency, context) ?? null,
        declared: selected.isDecidedHere ? (selected.declared ?? null) : null,
      },
      severity: SEVERITIES[judged.why],
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related: selected.related,
    };
  }
}

const ORDER: readonly Added['why'][] = ['itself', 'exotic', 'new', 'lookalike'];

const SEVERITIES: Readonly<Record<Added['why'], Severity>> = {
  itself: 'error',
  exotic: 'error',
  new: 'error',
  lookalike: 'warning',
  locked: 'warning',
};

function judge(
  { target, version, packument }: SelectedVersion,
  added: AddedDependency,
  { facts, now, popular, project }: Context,
): Pick<Added, 'why' | 'detail'> | undefined {
  if (added.isExotic) return { why: 'exotic', detail: shownText(added.declared, 80) };
  if (added.target === target) return { why: 'itself', detail: shownText(added.declared, 80) };
  if (isPrivate(added.target, project) || isSameScope(added.target, target)) return undefined;
  const fact = facts.packument(added.target);
  const created = fact.state === 'ready' ? firstPublished(fact.value) : undefined;
  if (fact.state === 'ready' && created !== undefined && now - created < NEW_FOR) {
    if (isOfSamePublisher(packument, version, fact.value)) return undefined;
    return { why: 'new', detail: formatAge(created, now) };
  }
  const verdict = judgeName(knownName(added.target).text, popular);
  if (
    verdict?.strength !== 'strong' ||
    project.policy.allowNames.some(({ value }) => value === added.target)
  ) {
    return undefined;
  }
  return { why: 'lookalike', detail: verdict.target };
}

/**
 * Returns the first publication, unless times are incomplete, as on mirrors: those of some versions do not reveal the
 * first.
 */
function firstPublished({ created, times, versions }: Packument): number | undefined {
  if (created !== undefined) return created;
  for (const version of versions.keys()) if (!times.has(version)) return undefined;
  const [first] = times.values();
  return first;
}

function isSameScope(a: string, b: string): boolean {
  const scope = scopeOf(a);
  return scope !== undefined && scope === scopeOf(b);
}

/** Checks for an account that published this package before, and the repository it had before. */
function isOfSamePublisher(packument: Packument, version: string, added: Packument): boolean {
  const own = packument.versions.get(version);
  const other = [...added.versions.values()][0];
  if (own?.repository === undefined || other?.repository === undefined) return false;
  if (!sameRepository(own.repository.url, other.repository.url)) return false;
  const publisher = other.publishedBy;
  if (publisher === undefined) return false;
  return [...packument.versions.values()].some(
    (known) =>
      known.version !== version &&
      known.publishedBy !== undefined &&
      known.repository !== undefined &&
      sameRepository(known.repository.url, other.repository!.url) &&
      (belongTogether(known.publishedBy, publisher) || (isTrustedPublish(known) && isTrustedPublish(other))),
  );
}

/** Returns the latest lower version in the same major that is past its cooldown and lacks the dependency. */
function olderVersion(
  { packument, version }: SelectedVersion,
  { name }: AddedDependency,
  { project, now }: Context,
): string | undefined {
  const found = candidateVersion({
    packument,
    range: `>=${semver.major(version)}.0.0 <${version}`,
    coolDown: cooldownOf(project),
    now,
    accepts: ({ dependencies, optionalDependencies }) =>
      !dependencies.has(name) && !optionalDependencies.has(name),
  });
  return found?.version;
}

/**
 * Yields transitive dependencies that are not in the last commit in any version; a scope already in use there may just
 * have a new part.
 */
function* newInLockfile(lockfile: Lockfile, context: Context): Generator<Found<Added>> {
  const { project, facts } = context;
  const { committedLockfile } = project;
  if (lockfile !== project.lockfile || committedLockfile === undefined) return;
  const names = new Set(committedLockfile.entries.map(({ name }) => name));
  const scopes = new Set([...names].map(scopeOf).filter((scope) => scope !== undefined));
  const direct = declaredEntries(lockfile);
  const asked = askedEntries(project);
  const seen = new Set<string>();
  for (const entry of newlyLocked(project)) {
    const { name, keySpan } = entry;
    const version = registryVersion(entry, name);
    if (!asked.has(entry) || seen.has(versionKey(entry))) continue;
    seen.add(versionKey(entry));
    if (version === undefined || direct.has(entry) || names.has(name) || isPrivate(name, project)) continue;
    if (scopes.has(scopeOf(name) ?? '')) continue;
    const fact = facts.packument(name);
    const created = fact.state === 'ready' ? firstPublished(fact.value) : undefined;
    if (created === undefined || context.now - created >= NEW_FOR) continue;
    const words = { added: name, why: 'locked', detail: formatAge(created, context.now) } as const;
    yield {
      span: keySpan,
      data: { name, version, ...words, before: null, older: null, declared: null },
      severity: SEVERITIES.locked,
      cause: 'new-package',
      package: name,
      version,
    };
  }
}
