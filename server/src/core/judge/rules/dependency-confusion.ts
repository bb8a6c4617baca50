import semver from 'semver';
import { registryKind, servingRegistry } from '../../know/registry/access/serving-registry.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { isBaitVersion } from '../../know/registry/releases/bait-version.ts';
import { newestInRange } from '../../know/registry/releases/candidate-version.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { nameFixes } from '../../read/manifest/name-fixes.ts';
import { lockedEntry, registryVersion } from '../../read/project/locked/locked-dependency.ts';
import type { Meaning } from '../../read/project/meaning-of.ts';
import type { Member, Project } from '../../read/project/project.ts';
import { isDeclaredPrivate } from '../../read/project/registries/private-scopes.ts';
import { registryOfScope } from '../../read/project/registries/registry-of-scope.ts';
import { scopeRegistryFix } from '../../read/project/registries/scope-registry-fix.ts';
import {
  type RegistryDependency,
  registryDependencies,
  targetRelated,
} from '../../read/project/registry-dependencies.ts';
import type { Fix } from '../../read/text/finding.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { allowNameFix, isAllowedName } from '../policy/allow-name-fix.ts';

/**
 * A package published under a company's internal name, with a higher version, is installed wherever the public registry
 * is asked for that name. Known false positives: an internal name that the company registered there itself, which
 * `ownedPublicNames` can list.
 */
interface Confusion {
  readonly name: string;
  /**
   * internal: the project declares the name internal; member: a workspace member whose package is not linked; locked:
   * an internal name or private scope in a lockfile; bait: a version number typical of attackers.
   */
  readonly problem: 'internal' | 'member' | 'locked' | 'bait';
  readonly version: string | null;
  /** The declaration that links the workspace's own package of this name; null if nothing would link it. */
  readonly link: string | null;
  readonly versions: number | null;
}

export const dependencyConfusion = defineRule({
  id: 'dependency-confusion',
  category: 'registry',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: {
    ownedPublicNames: {
      type: 'strings',
      default: [],
      description: 'Internal names that you registered at the public registry yourself.',
    },
  },
  docs: {
    summary: 'An internal package that would be fetched from the public registry.',
    why: `Package managers ask one registry for a name. If that is the public one, an internal name belongs to the
first person who registers it there. Attackers find such names in published code and publish them with versions higher
than all others.

These names are internal:

- names in \`internalNames\` of dependency-hygiene.json
- in lockfiles, names in \`privateScopes\`
- a private package of the workspace whose version is outside of the declared range, so that it is not linked

A version such as 99.0.0 of a package with three versions or fewer is a warning, if registry access is allowed.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "acme-utils": "^1.0.0"
    ^^^^^^^^^^^^ dependency-confusion
  }
}
-- dependency-hygiene.json --
{
  "internalNames": ["acme-utils"]
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "acme-utils": "^1.0.0"
  }
}
-- .npmrc --
registry=https://npm.acme.example.test/
-- dependency-hygiene.json --
{
  "internalNames": ["acme-utils"]
}
`,
  },
  factsOfEach: 'also',
  check: {
    *manifest(manifest, context): Generator<Found<Confusion>> {
      const { project, facts } = context;
      const hasNames = project.memberNames.size > 1 || project.policy.internalNames.length > 0;
      if (facts.unreachable !== undefined && !hasNames) return;
      for (const item of registryDependencies(project, manifest, { members: true })) {
        const { dependency, target } = item;
        // A mirror of the public registry may also serve internal packages.
        if (isOwned(target, context) || servingRegistry(project, target).kind !== 'public') continue;
        const data = confusionOf(item, manifest, context);
        if (data === undefined) continue;
        yield {
          span: dependency.nameSpan,
          data,
          ...(data.problem === 'bait' ? { severity: 'warning' } : {}),
          package: dependency.name,
          ...(data.version === null ? {} : { version: data.version }),
          related: targetRelated(project, item),
        };
      }
    },
    *lockfile(lockfile, context): Generator<Found<Confusion>> {
      const { privateScopes, internalNames } = context.project.policy;
      if (privateScopes.length === 0 && internalNames.length === 0) return;
      for (const entry of lockfile.entries) {
        if (!isConfused(entry, context)) continue;
        const { name, version, resolved, keySpan } = entry;
        yield {
          span: resolved?.span ?? keySpan,
          data: { name, problem: 'locked', version: version?.value ?? null, link: null, versions: null },
          package: name,
          ...(version === undefined ? {} : { version: version.value }),
        };
      }
    },
  },
  message({ data: { name, problem, version, link, versions } }) {
    const what = formatPackage(name, version ?? undefined);
    switch (problem) {
      case 'internal':
        return `"${name}" is an internal name, but the public registry is asked for it. Configure the registry that serves it.`;
      case 'locked':
        return `${what} is internal, but is locked from the public registry. Find out who publishes it there and configure its registry.`;
      case 'member':
        return `"${name}" is a private package of this workspace, but the specifier does not resolve to it, so the public registry is asked${link === null ? '' : `. Declare ${JSON.stringify(link)}`}.`;
      case 'bait':
        return `${what} has a version number typical of dependency confusion attacks, and ${versions === 1 ? 'only 1 version' : `only ${versions} versions`}. Make sure that it is not an internal name.`;
    }
  },
  *fix({ data, span }, context) {
    const { file, project, text } = context;
    const { name, problem, link } = data;
    const scope = scopeOf(name);
    if ((problem === 'locked' || problem === 'internal') && scope !== undefined) {
      const known = registryOfScope(scope, project);
      const registry = known === undefined || project.npmConfig.isOpen(known) ? undefined : known;
      const fix = scopeRegistryFix(project, scope, registry, text);
      if (fix !== undefined) yield fix;
    }
    if (problem === 'bait') {
      const allow = allowNameFix(project, text, name);
      if (allow !== undefined) yield allow;
    }
    if (file.kind !== 'manifest') return;
    const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
    if (dependency?.target !== name) return;
    if (problem === 'member' && link !== null && dependency.name === name) {
      yield replaceValue(file, dependency, link);
    }
    yield* nameFixes(file, dependency, undefined);
  },
});

const FEW_VERSIONS = 3;

function isOwned(name: string, { options }: RuleContext): boolean {
  const { ownedPublicNames } = options as { readonly ownedPublicNames: readonly string[] };
  return ownedPublicNames.includes(name);
}

function confusionOf(
  item: RegistryDependency,
  manifest: Manifest,
  context: RuleContext,
): Confusion | undefined {
  const { project, popular } = context;
  const { dependency, target } = item;
  const none = { name: target, version: null, link: null, versions: null };
  if (project.memberNames.has(target)) {
    // A member with the name of a popular package does not replace it.
    const member = popular.has(target) ? undefined : privateMember(project, target);
    if (member === undefined || member.uri === manifest.uri) return undefined;
    const entry = lockedEntry(project, manifest.uri, dependency);
    if (!isFetched(item.meaning, entry, member, project)) return undefined;
    return { ...none, problem: 'member', link: linkTo(member, project) };
  }
  if (project.policy.internalNames.includes(target)) return { ...none, problem: 'internal' };
  if (isAllowedName(project, target)) return undefined;
  const fact = context.facts.packument(target);
  if (fact.state !== 'ready') return undefined;
  const count = Math.max(fact.value.versions.size, fact.value.times.size);
  if (count > FEW_VERSIONS) return undefined;
  const entry = lockedEntry(project, manifest.uri, dependency);
  const locked = entry === undefined ? undefined : registryVersion(entry, target);
  const version = semver.valid(locked ?? takenNow(item, fact.value) ?? null);
  if (version === null || !isBaitVersion(version)) return undefined;
  return { ...none, problem: 'bait', version, versions: count };
}

/** Returns the version the package manager would install without a lockfile. */
function takenNow({ meaning: { specifier } }: RegistryDependency, packument: Packument): string | undefined {
  const inner = specifier.type === 'alias' ? specifier.inner : specifier;
  if (inner.type === 'tag') return packument.versions.get(packument.distTags.get(inner.tag) ?? '')?.version;
  if (inner.type !== 'version' && inner.type !== 'range') return undefined;
  return newestInRange({ packument, range: inner.range })?.version;
}

function privateMember({ members }: Project, name: string): Member | undefined {
  for (const member of members.values()) if (member.name === name) return member.private ? member : undefined;
  return undefined;
}

/** Checks whether the registry is used, judging by the lockfile or else the versions; false if in doubt. */
function isFetched(
  { specifier }: Meaning,
  entry: LockEntry | undefined,
  member: Member,
  project: Project,
): boolean {
  if (specifier.type !== 'version' && specifier.type !== 'range') return false;
  const fits = (version: string | undefined) =>
    version !== undefined && semver.valid(version) !== null && semver.satisfies(version, specifier.range);
  if (entry?.source === 'registry' && fits(entry.version?.value)) return true;
  if (entry === undefined && project.lockfile === undefined && project.lockfiles.length > 0) return false;
  return semver.valid(member.version ?? null) !== null && !fits(member.version);
}

/** Returns the declaration that makes the package manager link the member. */
function linkTo({ version }: Member, { manager }: Project): string | null {
  const { memberSpecifier } = specOf(manager).specifiers;
  if (memberSpecifier !== undefined) return memberSpecifier;
  const valid = semver.valid(version ?? null);
  return valid === null ? null : `^${valid}`;
}

/** Checks whether a lockfile resolves an internal package from the public registry. */
function isConfused({ name, source, alias, resolved }: LockEntry, context: RuleContext): boolean {
  const { project } = context;
  const { policy, exoticNames } = project;
  if (source !== 'registry' || isOwned(name, context) || exoticNames.has(alias ?? name)) return false;
  const scope = scopeOf(name);
  const isPrivate = scope !== undefined && isDeclaredPrivate(project, scope);
  if (!isPrivate && !policy.internalNames.includes(name)) return false;
  if (servingRegistry(project, name).kind !== 'public') return false;
  if (resolved === undefined) return true;
  // If the configuration file names the scope's registry, the URL is reported as a foreign host instead.
  if (policy.privateScopes.some((entry) => entry.scope === scope && entry.registry !== undefined))
    return false;
  return registryKind(project, resolved.value) === 'public';
}

function replaceValue(
  { uri }: Manifest,
  { name, valueSpan }: RegistryDependency['dependency'],
  value: string,
): Fix {
  const newText = JSON.stringify(value);
  const title = `Replace with ${JSON.stringify(name)}: ${newText}`;
  return { title, applicability: 'unsafe', edits: [{ uri, span: valueSpan, newText }] };
}
