import type { Facts } from '../../know/facts/facts.ts';
import type { PopularNames } from '../../know/identity/popular-names.ts';
import { type ServingRegistry, servingRegistry } from '../../know/registry/access/serving-registry.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { firstPublished } from '../../know/registry/releases/first-published.ts';
import { nameFixes } from '../../read/manifest/name-fixes.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import { undeclaredVersions } from '../../read/project/locked/direct-entries.ts';
import { registryVersion } from '../../read/project/locked/locked-dependency.ts';
import { registryDependencies, targetRelated } from '../../read/project/registry-dependencies.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { defineRule, type RuleContext, type RuleOptions } from '../check/rule.ts';
import { allowNameFix, isAllowedName } from '../policy/allow-name-fix.ts';

/**
 * Most malicious packages are found within days of their first version: one that is a month old or widely used has been
 * looked at. Known false positives: a good package published this month; allow it by name, with a reason, in the
 * configuration file.
 */
interface NewPackage {
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly firstPublished: string;
  /** Null if the registry may not list all. */
  readonly versions: number | null;
  readonly downloads: number | null;
}

/** Days after its first version for which a package counts as new, unless configured otherwise. */
export const NEW_DAYS = 30;

const OPTIONS = {
  days: {
    type: 'number',
    default: NEW_DAYS,
    stricter: 'more',
    description: 'Number of days after its first version for which a package counts as new.',
  },
  trustedScopes: {
    type: 'strings',
    default: [],
    description: 'Scopes, with their @, whose new packages are not reported.',
  },
} as const satisfies RuleOptions;

type Context = RuleContext<typeof OPTIONS>;

export const newPackage = defineRule({
  id: 'new-package',
  category: 'identity',
  preset: 'security',
  severity: 'warning',
  facts: ['packument', 'downloads'],
  options: OPTIONS,
  docs: {
    summary: 'A package that is less than 30 days old and has hardly any users.',
    why: `Attackers register invented and misspelled names that people install by mistake, and most malicious
packages are found within days. Review a package that appeared this month: is it the intended one, who publishes it,
and what does it run?

A package with three versions or more is not reported if the registry counts a thousand downloads a week. Packages of
private registries are not reported, nor those of a mirror whose times do not show when a package began.`,
    registry: {
      'fetch-helpers-lite': {
        time: { created: '2026-11-21T09:30:00.000Z', '1.0.0': '2026-11-21T09:30:01.000Z' },
        versions: { '1.0.0': {} },
      },
      undici: {
        time: { created: '2018-05-16T12:00:00.000Z', '7.0.0': '2024-11-25T12:00:00.000Z' },
        versions: { '7.0.0': {} },
      },
    },
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "fetch-helpers-lite": "^1.0.0"
    ^^^^^^^^^^^^^^^^^^^^ new-package
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "undici": "^7.0.0"
  }
}
`,
  },
  factsOfEach: 'only',
  check: {
    *manifest(manifest, context) {
      const { project } = context;
      for (const item of registryDependencies(project, manifest, { peers: true })) {
        const { dependency, target } = item;
        const data = judge(target, context);
        if (data === undefined) continue;
        const related = targetRelated(project, item);
        yield { span: dependency.nameSpan, data, package: dependency.name, related };
      }
    },
    *lockfile(lockfile, context) {
      const { project, facts } = context;
      if (lockfile !== project.lockfile || facts.unreachable !== undefined) return;
      const seen = new Set<string>();
      for (const entry of undeclaredVersions(askedEntries(project), lockfile, project)) {
        const { name, keySpan } = entry;
        if (seen.has(name) || project.memberNames.has(name) || registryVersion(entry, name) === undefined)
          continue;
        seen.add(name);
        const data = judge(name, context);
        if (data !== undefined) yield { span: keySpan, data, package: name, cause: 'new-package' };
      }
    },
  },
  message({ data: { name, firstPublished: day, versions, downloads } }) {
    const counts = [
      ...(versions === null ? [] : [`${versions} ${versions === 1 ? 'version' : 'versions'}`]),
      ...(downloads === null ? [] : [`${downloads} ${downloads === 1 ? 'download' : 'downloads'} a week`]),
    ];
    const numbers = counts.length === 0 ? '' : ` (${counts.join(', ')})`;
    return `"${name}" was first published on ${day}${numbers}. Make sure that it is the package you mean.`;
  },
  *fix({ data, span }, { file, project, text }) {
    if (file.kind !== 'manifest') return;
    const allow = allowNameFix(project, text, data.name);
    if (allow !== undefined) yield allow;
    const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
    if (dependency?.target === data.name) yield* nameFixes(file, dependency, undefined);
  },
});

/** Returns undefined if it is old or popular, or if nothing is known. */
function judge(name: string, context: Context): NewPackage | undefined {
  const { project, facts, popular, options } = context;
  const scope = scopeOf(name);
  if (isAllowedName(project, name) || (scope !== undefined && options.trustedScopes.includes(scope)))
    return undefined;
  const registry = servingRegistry(project, name);
  if (registry.kind === 'private') return undefined;
  const fact = facts.packument(name);
  if (fact.state !== 'ready') return undefined;
  const first = firstPublished(fact.value, registry);
  if (first === undefined) context.unknown(name);
  const isYoungAt = (time: number) => first !== undefined && time - first < options.days * DAY;
  // The current hour matters only for packages that were new when the registry was asked.
  if (!isYoungAt(fact.asOf) || !isYoungAt(context.now)) return undefined;
  const downloads = downloadsOf(name, facts);
  if (downloads === 'pending' || isUsed(fact.value, registry, downloads, popular)) return undefined;
  return {
    name,
    firstPublished: new Date(first!).toISOString().slice(0, 10),
    versions: registry.kind === 'public' ? fact.value.versions.size : null,
    downloads: downloads === 'unknown' ? null : downloads,
  };
}

const DAY = 24 * 60 * 60 * 1000;
const FEW_VERSIONS = 3;
const FEW_DOWNLOADS = 1_000;

/** Returns "unknown" if no answer will come. */
function downloadsOf(name: string, facts: Facts): number | 'unknown' | 'pending' {
  const fact = facts.downloads(name);
  if (fact.state === 'pending') return 'pending';
  return fact.state === 'ready' ? fact.value.lastWeek : 'unknown';
}

/** Checks whether enough people use it to have noticed a problem. */
function isUsed(
  { name, versions }: Packument,
  { kind }: ServingRegistry,
  downloads: number | 'unknown',
  popular: PopularNames,
): boolean {
  // A mirror may lack versions.
  if (kind === 'public' && versions.size < FEW_VERSIONS) return false;
  return downloads === 'unknown' ? popular.has(name) : downloads >= FEW_DOWNLOADS;
}
