import type { Severity } from '../finding.ts';
import { judgeName, type NameVerdict } from '../identity/confusable-with.ts';
import type { PopularNames } from '../identity/popular-names.ts';
import { roughCount } from '../identity/rough-count.ts';
import { knownName } from '../manifest/known-name.ts';
import type { ManifestDependency } from '../manifest/manifest.ts';
import { nameFixes } from '../manifest/name-fixes.ts';
import type { Specifier } from '../manifest/specifier.ts';
import { allowNameFix, isAllowedName } from '../policy/allow-name-fix.ts';
import { directNames } from '../project/locked/direct-entries.ts';
import { meaningPlace, meaningsIn } from '../project/meaning-of.ts';
import type { Project } from '../project/project.ts';
import type { Fact } from '../registry/fact.ts';
import type { Packument } from '../registry/packument.ts';
import { isSecurityHolding } from '../registry/security-holding.ts';
import { insideQuotes, type Span } from '../text/span.ts';
import { defineRule, type Found, type RuleContext } from './rule.ts';

/**
 * A slip of the finger, or an assistant's invention, installs a stranger's package: names close to popular ones are
 * registered for that. The name alone decides here. Known false positives: a small honest package whose name happens
 * to lie near a popular one; it is allowed by name, with a reason, in the configuration file.
 */
interface Squat {
  readonly name: string;
  readonly target: string;
  readonly mechanism: NameVerdict['mechanism'];
  readonly confidence: NameVerdict['confidence'];
  readonly evidence: string;
  readonly downloads: number | null;
  readonly firstPublished: string | null;
}

export const typosquatName = defineRule({
  id: 'typosquat-name',
  category: 'identity',
  severity: 'warning',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A package whose name could be mistaken for that of a popular one.',
    why: `Whoever registers \`lodahs\` waits for people who mistype \`lodash\`, and npm runs what they publish. The name is
compared with some twenty thousand widely used ones: swapped, doubled, missing and neighbouring characters, look-alike
characters, other delimiters and word order, added prefixes and suffixes, lost or similar scopes.

A strong sign is a warning, a weak one a hint. Where the registry may be asked and says that the package is less than 90
days old, a strong sign becomes an error and a weak one a warning.`,
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
  perDependency: true,
  check: {
    *manifest(manifest, context) {
      const meaningIn = meaningsIn(context.project, manifest.uri);
      const verdictOf = verdictsOf(context.popular);
      for (const dependency of manifest.dependencies) {
        const meaning = meaningIn(dependency);
        if (!comesFromRegistry(meaning)) continue;
        const { target } = meaning;
        const verdict = unlessAllowed(target, verdictOf(target), context.project);
        // A name that the registry holds has a finding of reserved-name, which knows more.
        if (verdict === undefined || isHeld(context.facts.packument(target))) continue;
        const isHere = target === dependency.target;
        const span = isHere ? nameSpan(dependency, manifest.text) : dependency.nameSpan;
        const result = found(target, span, verdict, context);
        const place = isHere ? undefined : meaningPlace(context.project, meaning);
        yield place === undefined
          ? result
          : { ...result, related: [{ ...place, message: `This says that it is ${target}.` }] };
      }
    },
    *lockfile(lockfile, context) {
      const verdictOf = verdictsOf(context.popular);
      const seen = new Set<string>();
      for (const entry of lockfile.entries) {
        const { name } = entry;
        if (seen.has(name) || entry.source !== 'registry') continue;
        seen.add(name);
        const verdict = unlessAllowed(name, verdictOf(name), context.project);
        // A hint is there for its fix, and a lockfile has none. Of what a manifest names that manifest says it.
        if (verdict?.strength !== 'strong' || directNames(lockfile).has(name)) continue;
        const result = found(name, entry.keySpan, verdict, context);
        yield entry.version === undefined ? result : { ...result, version: entry.version.value };
      }
    },
  },
  message({ data }) {
    const { name, target, downloads, firstPublished } = data;
    const popularity =
      downloads === null ? 'a widely used package' : `${roughCount(downloads)} downloads a month`;
    const age = firstPublished === null ? '' : `, and was first published on ${firstPublished}`;
    return `"${name}" looks like a misspelling of "${target}" (${popularity})${age}; check which one is meant.`;
  },
  *fix({ data, span }, { file, uri, text, project }) {
    if (file.kind !== 'manifest') return;
    const allow = allowNameFix(project, text, data.name);
    const dependency = file.dependencies.find((item) => nameSpan(item, file.text).start === span.start);
    // A name that a catalog or an override leads to is not the manifest's to mend.
    if (dependency?.target !== data.name) {
      if (allow !== undefined) yield allow;
      return;
    }
    if (dependency.name !== data.name) {
      const title = `Replace the alias's target with "${data.target}"`;
      yield { title, applicability: 'unsafe', edits: [{ uri, span, newText: data.target }] };
    }
    yield* nameFixes(file, dependency, data.target);
    if (allow !== undefined) yield allow;
  },
});

const NEW_FOR_DAYS = 90;
const DAY = 86_400_000;

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

function unlessAllowed(
  name: string,
  verdict: NameVerdict | undefined,
  project: Project,
): NameVerdict | undefined {
  if (verdict === undefined) return undefined;
  const allowed = project.memberNames.has(name) || isAllowedName(project, name);
  return allowed ? undefined : verdict;
}

const MOST_VERDICTS = 100_000;
const verdicts = new WeakMap<PopularNames, Map<string, NameVerdict | null>>();

/** A name's verdict depends on nothing but the list, so each name of a lockfile is judged once a process. */
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

function found(name: string, span: Span, verdict: NameVerdict, context: RuleContext): Found<Squat> {
  const published = firstPublished(context.facts.packument(name));
  const severity = severityOf(verdict, published !== undefined);
  const { target, mechanism, confidence, evidence } = verdict;
  const data: Squat = {
    name,
    target,
    mechanism,
    confidence,
    evidence,
    downloads: context.popular.downloads(target) ?? null,
    firstPublished: published ?? null,
  };
  return { span, data, severity, package: name, target };
}

function isHeld(fact: Fact<Packument>): boolean {
  return fact.state === 'ready' && isSecurityHolding(fact.value);
}

function severityOf({ strength }: NameVerdict, isNew: boolean): Severity {
  if (strength === 'strong') return isNew ? 'error' : 'warning';
  return isNew ? 'warning' : 'hint';
}

/** The day (UTC) of the first release, where the registry says that it is less than 90 days ago. */
function firstPublished(fact: Fact<Packument>): string | undefined {
  if (fact.state !== 'ready' || fact.value.created === undefined) return undefined;
  const age = fact.asOf - fact.value.created;
  return age >= 0 && age < NEW_FOR_DAYS * DAY
    ? new Date(fact.value.created).toISOString().slice(0, 10)
    : undefined;
}

/** The name's token, or the part of an alias's value that names the package. */
function nameSpan(dependency: ManifestDependency, text: string): Span {
  if (dependency.target === dependency.name) return dependency.nameSpan;
  const inside = insideQuotes(dependency.valueSpan);
  const start = inside.start + 'npm:'.length;
  const end = start + dependency.target.length;
  return text.slice(start, end) === dependency.target ? { start, end } : dependency.valueSpan;
}
