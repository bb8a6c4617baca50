import { judgeName, type NameVerdict } from '../../know/identity/confusable-with.ts';
import type { PopularNames } from '../../know/identity/popular-names.ts';
import { roughCount } from '../../know/identity/rough-count.ts';
import { looksForeign } from '../../know/identity/visual-skeleton.ts';
import { type KnownOfName, type NameWeight, weighName } from '../../know/identity/weigh-name.ts';
import { servingRegistry } from '../../know/registry/access/serving-registry.ts';
import type { Fact } from '../../know/registry/documents/fact.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { firstPublished } from '../../know/registry/releases/first-published.ts';
import { isSecurityHolding } from '../../know/registry/releases/security-holding.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { knownName } from '../../read/manifest/known-name.ts';
import type { ManifestDependency } from '../../read/manifest/manifest.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import { directNames } from '../../read/project/locked/direct-entries.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import { isLockedInBase } from '../../read/project/locked/locked-in-base.ts';
import { meaningPlace, meaningsIn } from '../../read/project/meaning-of.ts';
import type { Project } from '../../read/project/project.ts';
import type { Severity } from '../../read/text/finding.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { insideQuotes, type Span } from '../../read/text/span.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { allowNameFix, isAllowedName } from '../policy/allow-name-fix.ts';
import { meantNameFixes } from './meant-name-fixes.ts';

/**
 * A typo, or a name invented by an AI assistant, installs a stranger's package: attackers register names close to
 * popular ones for that. If nothing else is known, the name alone decides; server/docs/identity.md has its accuracy.
 * Known false positives: a small honest package with a name close to a popular one; allow it by name, with a reason, in
 * the configuration file.
 */
interface Squat {
  readonly name: string;
  readonly target: string;
  readonly mechanism: NameVerdict['mechanism'];
  readonly confidence: NameVerdict['confidence'];
  readonly evidence: string;
  readonly downloads: number | null;
  /** Registry data that is consistent with a deception. */
  readonly confirmed: string | null;
}

export const typosquatName = defineRule({
  id: 'typosquat-name',
  category: 'identity',
  preset: 'security',
  severity: 'warning',
  facts: ['packument', 'downloads'],
  options: {},
  docs: {
    summary: 'A package whose name could be mistaken for that of a popular one.',
    why: `Attackers register \`lodahs\` for people who mistype \`lodash\`, and npm runs their code. The rule compares
each name with some twenty thousand widely used ones, and looks for

- swapped, doubled, missing, neighboring and look-alike characters
- other delimiters and word order
- added words, numbers, prefixes and suffixes
- missing or similar scopes
- npm options that were parsed as names

A strong match is a warning, a weak one a hint. If registry access is allowed, the registry's data decides. A strong
match becomes an error, and a weak one a warning, if

- the package is less than 90 days old,
- hardly anybody uses it and it runs a script on install, or
- it claims the repository of the popular package but shares none of its maintainers.

A package is not reported if many people use it, if it shares a maintainer with the popular one, or if it names the
package to use instead. A package that has existed for years, or has been locked for one, is a hint at most. Hints are
skipped if the lockfile of the base already has the package. A strong match there is a hint if only other packages depend on it.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lodahs": "^4.17.0"
    ^^^^^^^^ typosquat-name
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lodash": "^4.17.0",
    "preact": "^10.0.0"
  }
}
`,
  },
  readsNoUrls: true,
  perEntry: {},
  check: {
    *manifest(manifest, context) {
      const { project } = context;
      const meaningIn = meaningsIn(project, manifest.uri);
      const verdictOf = verdictsOf(context.popular);
      for (const dependency of manifest.dependencies) {
        const meaning = meaningIn(dependency);
        if (!comesFromRegistry(meaning)) continue;
        const { target } = meaning;
        const verdict = unlessAllowed(target, verdictOf(target), project);
        if (verdict === undefined) continue;
        const isHere = target === dependency.target;
        const span = isHere ? nameSpan(dependency, manifest.text) : dependency.nameSpan;
        const entry = () => lockedEntry(project, manifest.uri, dependency);
        const result = found({ name: target, span, entry }, verdict, context);
        if (result === undefined) continue;
        const place = isHere ? undefined : meaningPlace(project, meaning);
        yield place === undefined
          ? result
          : { ...result, related: [{ ...place, message: `This declares it as ${target}.` }] };
      }
    },
    *lockfile(lockfile, context) {
      const verdictOf = verdictsOf(context.popular);
      const seen = new Set<string>();
      for (const entry of context.entries) {
        const { name } = entry;
        if (seen.has(name) || entry.source !== 'registry') continue;
        seen.add(name);
        const verdict = unlessAllowed(name, verdictOf(name), context.project);
        // A hint exists for its fix, which a lockfile does not have. Names declared in a manifest are reported there.
        if (verdict?.strength !== 'strong' || directNames(lockfile).has(name)) continue;
        // Nobody typed this name here, and whether the scope has such a package is unknown.
        if (verdict.mechanism === 'scope-family') continue;
        const result = found({ name, span: entry.keySpan, entry: () => entry }, verdict, context);
        if (result === undefined || result.severity === 'hint') continue;
        // The author of another package chose the name, and a review accepted it.
        const isAccepted = result.severity === 'warning' && isKnownToBase(name, entry, context);
        const judged = isAccepted ? ({ ...result, severity: 'hint' } as const) : result;
        yield entry.version === undefined ? judged : { ...judged, version: entry.version.value };
      }
    },
  },
  message({ data: { name, target, mechanism, evidence, downloads, confirmed } }) {
    const popularity = downloads === null ? '' : ` (${roughCount(downloads)} downloads a month)`;
    const looks = OF_OTHER_WORDS.has(mechanism) ? 'could be mistaken for' : 'looks like a misspelling of';
    const known = confirmed === null ? '' : `, and ${confirmed}`;
    return `"${name}" ${looks} "${target}"${popularity}: it ${evidence}${known}. Did you mean "${target}"?`;
  },
  *fix({ data, span }, context) {
    const { file, uri, text, project } = context;
    if (file.kind !== 'manifest') return;
    const allow = allowNameFix(project, text, data.name);
    const dependency = file.dependencies.find((item) => nameSpan(item, file.text).start === span.start);
    // A name set by a catalog or an override cannot be fixed in the manifest.
    if (dependency?.target !== data.name) {
      if (allow !== undefined) yield allow;
      return;
    }
    if (dependency.name !== data.name) {
      const title = `Replace the alias's target with "${data.target}"`;
      yield { title, applicability: 'unsafe', edits: [{ uri, span, newText: data.target }] };
    }
    yield* meantNameFixes(file, dependency, data.target, context);
    if (allow !== undefined) yield allow;
  },
});

/** Mechanisms that are not typos. */
const OF_OTHER_WORDS: ReadonlySet<NameVerdict['mechanism']> = new Set([
  'command-flag',
  'affix',
  'generic-word',
  'appended-number',
  'word-order',
  'similar-scope',
  'scope-as-prefix',
  'dropped-scope',
  'scope-family',
] satisfies NameVerdict['mechanism'][]);

function comesFromRegistry({
  specifier,
  declared,
}: Pick<ManifestDependency, 'specifier' | 'declared'>): boolean {
  if (declared === undefined) return false;
  return FROM_REGISTRY.has(specifier.type);
}

const FROM_REGISTRY: ReadonlySet<string> = new Set([
  'version',
  'range',
  'tag',
  'alias',
  'invalid',
  'catalog',
] satisfies Specifier['type'][]);

/** Leaves names with look-alike characters of other scripts to confusable-characters. */
function unlessAllowed(
  name: string,
  verdict: NameVerdict | undefined,
  project: Project,
): NameVerdict | undefined {
  if (verdict === undefined) return undefined;
  const isAllowed = project.memberNames.has(name) || isAllowedName(project, name) || looksForeign(name);
  return isAllowed ? undefined : verdict;
}

const MOST_VERDICTS = 100_000;
const verdicts = new WeakMap<PopularNames, Map<string, NameVerdict | null>>();

/** Memoizes verdicts by name, which depend only on the list, for the lifetime of the process. */
function verdictsOf(popular: PopularNames): (name: string) => NameVerdict | undefined {
  let known = verdicts.get(popular);
  if (known === undefined) {
    known = new Map();
    verdicts.set(popular, known);
  }
  const ofNames = known;
  return (name) => {
    let verdict = ofNames.get(name);
    if (verdict === undefined) {
      if (ofNames.size > MOST_VERDICTS) ofNames.clear();
      const kept = knownName(name).text;
      verdict = judgeName(kept, popular) ?? null;
      ofNames.set(kept, verdict);
    }
    return verdict ?? undefined;
  };
}

interface Suspected {
  readonly name: string;
  readonly span: Span;
  readonly entry: () => LockEntry | undefined;
}

/**
 * Returns undefined if known facts clear the package, or for a name reserved by the registry, which reserved-name
 * reports.
 */
function found(
  { name, span, entry }: Suspected,
  verdict: NameVerdict,
  context: RuleContext,
): Found<Squat> | undefined {
  const { target, mechanism, confidence, evidence } = verdict;
  const fact = context.facts.packument(name);
  if (fact.state === 'ready' && isSecurityHolding(fact.value)) return undefined;
  const weight: NameWeight =
    fact.state === 'ready' ? weighName(knownOf(fact, target, entry(), context)) : { verdict: 'open' };
  const severity = severityOf(verdict, weight);
  if (severity === undefined || (severity === 'hint' && isKnownToBase(name, entry(), context)))
    return undefined;
  const data: Squat = {
    name,
    target,
    mechanism,
    confidence,
    evidence,
    downloads: context.popular.downloads(target) ?? null,
    confirmed: weight.verdict === 'confirmed' ? weight.because : null,
  };
  const isAbsent = fact.state === 'absent' && saysWhatIsMeant(name, context.project);
  return { span, data, severity, package: name, target, ...(isAbsent ? { cause: 'absent-name' } : {}) };
}

/** Checks whether package-not-found asks about the popular name as well: its message on scopes is about registries. */
function saysWhatIsMeant(name: string, project: Project): boolean {
  return scopeOf(name) === undefined || servingRegistry(project, name).kind !== 'public';
}

/** Checks for a package reviewed with the base: unless something speaks against it, it needs no recurring hint. */
function isKnownToBase(name: string, entry: LockEntry | undefined, { project }: RuleContext): boolean {
  return entry?.name === name && isLockedInBase(project, entry);
}

const SEVERITIES: Readonly<
  Record<NameVerdict['strength'], Readonly<Record<NameWeight['verdict'], Severity | undefined>>>
> = {
  strong: { confirmed: 'error', open: 'warning', doubtful: 'hint', cleared: undefined },
  weak: { confirmed: 'warning', open: 'hint', doubtful: undefined, cleared: undefined },
};

function severityOf({ strength }: NameVerdict, { verdict }: NameWeight): Severity | undefined {
  return SEVERITIES[strength][verdict];
}

function knownOf(
  { value, asOf }: Fact<Packument> & { readonly state: 'ready' },
  target: string,
  entry: LockEntry | undefined,
  { facts, project, popular }: RuleContext,
): KnownOfName {
  const { name, versions, times, maintainers, repository, distTags } = value;
  const downloads = facts.downloads(name);
  const latest = versions.get(distTags.get('latest') ?? '');
  const version = entry?.name === name ? entry.version?.value : undefined;
  return {
    firstPublished: firstPublished(value, servingRegistry(project, name)),
    lockedPublished: version === undefined ? undefined : times.get(version),
    asOf,
    versions: versions.size,
    weeklyDownloads: downloads.state === 'ready' ? downloads.value.lastWeek : undefined,
    runsInstallScript: latest?.hasInstallScript,
    deprecated: latest?.deprecated,
    maintainers,
    repository,
    target: knownOfTarget(target, facts.packument(target), popular),
  };
}

/** Returns what is known about the target. A popular name missing from a registry is missing only there. */
function knownOfTarget(name: string, fact: Fact<Packument>, popular: PopularNames): KnownOfName['target'] {
  if (fact.state === 'absent' && !popular.has(name)) return 'absent';
  if (fact.state !== 'ready') return undefined;
  const { maintainers, repository } = fact.value;
  return { name, maintainers, repository };
}

/** Returns the name's token, or the part of an alias that names the package. */
function nameSpan(dependency: ManifestDependency, text: string): Span {
  if (dependency.target === dependency.name) return dependency.nameSpan;
  const inside = insideQuotes(dependency.valueSpan);
  const start = inside.start + 'npm:'.length;
  const end = start + dependency.target.length;
  return text.slice(start, end) === dependency.target ? { start, end } : dependency.valueSpan;
}
