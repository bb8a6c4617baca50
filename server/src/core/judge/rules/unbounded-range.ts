import semver from 'semver';
import type { CatalogLine } from '../../read/config/catalog-line.ts';
import { specOf } from '../../read/manager/managers.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { Manifest, ManifestDependency } from '../../read/manifest/manifest.ts';
import { isBrokenVersion, readSpecifier, targetOf } from '../../read/manifest/read-specifier.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import {
  lockedForCatalog,
  lockedVersion,
  registryVersion,
} from '../../read/project/locked/locked-dependency.ts';
import { recordSpecifier } from '../../read/project/locked/record-specifier.ts';
import { scopesOfMembers } from '../../read/project/members/members.ts';
import type { Project } from '../../read/project/project.ts';
import type { FileEdit, Fix } from '../../read/text/finding.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import { planSetting, shownLine } from '../baseline/plan-baseline.ts';
import { defineRule, type FixContext, type Found } from '../check/rule.ts';
import { versionNow } from '../check/selected-versions.ts';
import { knownAgainst } from '../exposure/known-against.ts';

/**
 * A range without an upper bound admits whatever is published next, including a hijacked release, as soon as the
 * lockfile is regenerated. Known false positives: a tag that its publishers keep within one major version.
 */
interface Unbounded {
  /** The catalog of the entry; null for a dependency of a manifest. */
  readonly catalog: string | null;
  readonly name: string;
  readonly declared: string;
  readonly target: string;
  /** wide: bounded, but wider than the pinning of the project. */
  readonly kind: 'open' | 'tag' | 'inexact' | 'wide';
  readonly pinning: Pin;
  readonly locked: string | null;
}

/** How wide a range may be, from the widest. */
const PINS = ['none', 'caret', 'tilde', 'exact'] as const;
type Pin = (typeof PINS)[number];

export const unboundedRange = defineRule({
  id: 'unbounded-range',
  category: 'versions',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {
    exactVersions: {
      type: 'boolean',
      default: false,
      stricter: true,
      description:
        'Report every version that is not exact, except in packages that can be published, which need ranges. The same as `pinning` with "exact".',
    },
    pinning: {
      type: 'choice',
      values: PINS,
      default: 'none',
      description:
        'The widest range of a dependency: "caret" admits the next minor versions, "tilde" patches, "exact" one version. Packages that can be published are exempt, as they need ranges.',
    },
  },
  docs: {
    summary: 'A range without an upper bound, or a dist-tag.',
    why: `\`*\`, \`latest\` and \`>=1\` accept every version that is ever published, the next major version and a hijacked
release alike. The lockfile holds the version only until it is regenerated.

For locked packages of \`@types\`, \`*\` is only a hint: the packages of DefinitelyTyped depend on each other that way, so
that a project gets one copy. Peer dependencies and packages of the same workspace are not reported. Ranges that
manifests declare with \`catalog:\` are reported in the catalog.

With the option \`pinning\`, ranges wider than it are reported too, in packages that cannot be published. The fixes write the
locked version in this form. Another one also adds the setting that makes the package manager write new dependencies so.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lodash": "*"
              ^^^ unbounded-range
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lodash": "^4.17.21"
  }
}
`,
  },
  check: {
    *manifest(manifest, { project, options }): Generator<Found<Unbounded>> {
      const pinning = pinningOf(options, manifest.private);
      for (const dependency of effectiveDependencies(manifest)) {
        const kind = kindOf(dependency.specifier, pinning);
        if (kind === undefined || isOfThisWorkspace(dependency, project, manifest)) continue;
        const { name, target, declared = '' } = dependency;
        const locked = lockedVersion(project, manifest.uri, dependency);
        yield {
          span: dependency.valueSpan,
          data: { catalog: null, name, declared, target, kind, pinning, locked: locked ?? null },
          package: name,
          ...(locked === undefined ? {} : { version: locked }),
          ...(target === name ? {} : { target }),
          ...(isUsualFor(target, kind, locked) ? { severity: 'hint' } : {}),
        };
      }
      yield* inCatalogs(manifest, manifest.catalogs, project, pinning);
    },
    *pnpmWorkspace(file, { project, options }): Generator<Found<Unbounded>> {
      yield* inCatalogs(file, file.catalogs, project, pinningOf(options, isPrivate(project)));
    },
    *yarnrc(file, { project, options }): Generator<Found<Unbounded>> {
      yield* inCatalogs(file, file.catalogs, project, pinningOf(options, isPrivate(project)));
    },
  },
  message({ data: { catalog, name: own, declared, kind, pinning, locked } }) {
    const name = catalog === null ? own : `${own}" in catalog "${catalog}`;
    const now = locked === null ? '' : ` (now ${locked})`;
    const shown = JSON.stringify(declared);
    switch (kind) {
      case 'inexact':
        return `${shown} of "${name}"${now} is not exact. Write one version.`;
      case 'wide':
        return `${shown} of "${name}"${now} is wider than a ${pinning} range. Write "${PREFIXES[pinning]}${locked ?? '<version>'}".`;
      case 'tag':
        return `${shown} of "${name}"${now} follows a dist-tag, which can move to any major version. ${describeBounded(locked)}`;
      case 'open':
        return `${shown} of "${name}"${now} accepts any future major version. ${describeBounded(locked)}`;
    }
  },
  *fix({ data: found, span }, context) {
    const { uri, file, project } = context;
    const { name, declared, target } = found;
    // Without a lockfile, the version that would be installed now.
    const version = found.locked ?? versionNow(readSpecifier(name, declared), target, context) ?? null;
    if (version === null || isMalicious(target, version, context)) return;
    const data = { ...found, locked: version };
    if (data.catalog !== null) {
      yield* catalogFixes(data, span, uri, file);
      return;
    }
    if (file.kind !== 'manifest') return;
    const dependency = file.dependencies.find(({ valueSpan }) => valueSpan.start === span.start);
    for (const { range, applicability } of boundedRanges(data.pinning, version)) {
      const text = withPrefix(data, range);
      const value = JSON.stringify(text);
      const title = `Replace with ${JSON.stringify(data.name)}: ${value}`;
      const recorded = dependency === undefined ? undefined : recordSpecifier(project, uri, dependency, text);
      yield {
        title,
        applicability: found.locked !== null && recorded?.isComplete === true ? applicability : 'unsafe',
        edits: [{ uri, span, newText: value }, ...(recorded?.edits ?? [])],
      };
      yield* withSavedRange(
        title,
        [{ uri, span, newText: value }, ...(recorded?.edits ?? [])],
        data.pinning,
        context,
      );
    }
  },
});

/** Accepts type declarations, which contain no code: a bounded range would install a second copy of them. */
function isUsualFor(target: string, kind: Unbounded['kind'], locked: string | undefined): boolean {
  return kind === 'open' && locked !== undefined && target.startsWith('@types/');
}

/** Checks for malware, which no fix may lead to. */
function isMalicious(
  name: string,
  version: string,
  { project, advisories }: Pick<FixContext, 'project' | 'advisories'>,
): boolean {
  return knownAgainst(project, advisories).isMalware(name, version);
}

/**
 * Yields catalog entries at their own place, as `catalog:` in manifests refers to them. Only for a file from which the
 * project's package manager reads catalogs.
 */
function* inCatalogs(
  { uri }: Pick<CheckedFile, 'uri'>,
  lines: readonly CatalogLine[],
  project: Project,
  pinning: Pin,
): Generator<Found<Unbounded>> {
  if (lines.length === 0) return;
  for (const { catalog, name, value, isText } of lines) {
    const entry = project.catalogs.get(catalog, name.value);
    if (entry === undefined || entry.uri !== uri || entry.declared !== value.value || !isText) continue;
    const specifier = readSpecifier(name.value, value.value);
    const kind = kindOf(specifier, pinning);
    const target = targetOf(name.value, specifier);
    if (kind === undefined || project.memberNames.has(target)) continue;
    const lockedEntry = lockedForCatalog(project, entry);
    const locked = lockedEntry === undefined ? undefined : registryVersion(lockedEntry, target);
    yield {
      span: value.span,
      data: {
        catalog,
        name: name.value,
        declared: value.value,
        target,
        kind,
        pinning,
        locked: locked ?? null,
      },
      package: name.value,
      ...(locked === undefined ? {} : { version: locked }),
      ...(target === name.value ? {} : { target }),
    };
  }
}

/** Checks for a private project. Without a root manifest nothing can be published. */
function isPrivate({ rootManifest }: Project): boolean {
  return rootManifest?.private ?? true;
}

/** Keeps existing quotes; unquoted values need none. */
function* catalogFixes(data: Unbounded, span: Span, uri: Uri, { text }: CheckedFile): Generator<Fix> {
  const quote = /^["']/.exec(text.slice(span.start, span.start + 1))?.[0] ?? '';
  for (const { range } of boundedRanges(data.pinning, data.locked ?? '')) {
    const newText = quote + withPrefix(data, range) + quote;
    const title = `Replace with ${JSON.stringify(data.name)}: ${JSON.stringify(withPrefix(data, range))}`;
    yield { title, applicability: 'unsafe', edits: [{ uri, span, newText }] };
  }
}

function kindOf(specifier: Specifier, pinning: Pin): Unbounded['kind'] | undefined {
  switch (specifier.type) {
    case 'alias':
      return kindOf(specifier.inner, pinning);
    case 'tag':
      return isBrokenVersion(specifier.tag) ? undefined : 'tag';
    case 'range':
      if (isOpen(specifier.range)) return 'open';
      if (pinning === 'exact') return 'inexact';
      return pinning === 'none' || isAtMost(specifier.range, PREFIXES[pinning]) ? undefined : 'wide';
    default:
      return undefined;
  }
}

const PREFIXES: Readonly<Record<Pin, string>> = { none: '^', caret: '^', tilde: '~', exact: '' };

/** Checks whether a range is within the caret or tilde range of its lowest version. */
function isAtMost(range: string, prefix: string): boolean {
  const lowest = semver.minVersion(range);
  return lowest === null || semver.subset(range, `${prefix}${lowest.version}`, { includePrerelease: true });
}

/** Returns the pinning of a package; one that can be published has none. */
function pinningOf(
  { exactVersions, pinning }: { readonly exactVersions: boolean; readonly pinning: Pin },
  isPrivate: boolean,
): Pin {
  if (!isPrivate) return 'none';
  return exactVersions ? 'exact' : pinning;
}

/** Returns the ranges to offer: those that the pinning asks for, else a bounded one and the version itself. */
function boundedRanges(
  pinning: Pin,
  version: string,
): readonly { readonly range: string; readonly applicability: 'safe' | 'unsafe' }[] {
  if (pinning !== 'none') return [{ range: PREFIXES[pinning] + version, applicability: 'unsafe' }];
  return [
    { range: `^${version}`, applicability: 'safe' },
    { range: version, applicability: 'unsafe' },
  ];
}

/** Yields the same fix with the setting that makes the package manager write new dependencies in this way. */
function* withSavedRange(
  title: string,
  edits: readonly FileEdit[],
  pinning: Pin,
  { project, text }: FixContext,
): Generator<Fix> {
  if (pinning === 'none') return;
  const line = specOf(project.manager).baseline.savedRange(pinning, project.manager.version);
  const edit = line === undefined ? undefined : planSetting(project, line, text);
  if (line === undefined || edit === undefined) return;
  yield {
    title: `${title}, and save new ones in this way (${shownLine(line)} in ${line.file})`,
    applicability: 'unsafe',
    edits: [...edits, edit],
  };
}

/**
 * Checks whether an alternative of a range in semver's normalized form has no upper bound: `*`, `>=1.0.0`, `>1.0.0`.
 */
export function isOpen(range: string): boolean {
  // Nearly all have a single, bounded alternative.
  if (range.includes('<') && !range.includes('|')) return false;
  return range
    .split('||')
    .some((alternative) =>
      alternative.split(' ').every((comparator) => comparator === '' || /^[*>]/.test(comparator)),
    );
}

/** Checks for a member, whose own range has no effect as the workspace links it, or a package of the members' scope. */
function isOfThisWorkspace(dependency: ManifestDependency, project: Project, manifest: Manifest): boolean {
  const { target } = dependency;
  if (target !== manifest.name?.value && project.memberNames.has(target)) return true;
  const scope = scopeOf(target);
  if (scope === undefined || project.members.size < 2) return false;
  return scopesOfMembers(project.memberNames).has(scope);
}

function withPrefix({ declared, target, name }: Unbounded, range: string): string {
  if (!/^npm:/i.test(declared)) return range;
  // `npm:*` of Yarn and pnpm contains no name.
  return declared.slice(4).startsWith(target) || target !== name ? `npm:${target}@${range}` : `npm:${range}`;
}

function describeBounded(locked: string | null): string {
  return locked === null ? 'Use a bounded range.' : `Use a bounded range such as "^${locked}".`;
}
