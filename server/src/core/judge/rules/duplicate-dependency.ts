import { specNamed } from '../../read/manager/managers.ts';
import type { PackageManagerName } from '../../read/manager/package-manager.ts';
import { effectiveDependencies, effectiveSections } from '../../read/manifest/effective-dependencies.ts';
import type {
  DependencySection,
  Manifest,
  ManifestDependency,
  ManifestSection,
} from '../../read/manifest/manifest.ts';
import type { Related } from '../../read/text/finding.ts';
import { removeProperty } from '../../read/text/json/json-edit.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Only one of two duplicates is read, and not always the one changed last. A development and a peer dependency of the
 * same name belong together in libraries, as do an optional and a peer one, so they are not reported. npm prefers
 * devDependencies over optionalDependencies over dependencies (verified with npm 11); other managers prefer the one
 * installed in production.
 */
interface Duplicate {
  readonly name: string;
  readonly kind: 'key' | 'sections' | 'section';
  /** The section of the ineffective or redundant entry. */
  readonly section: DependencySection;
  readonly declared: string | null;
  readonly otherSection: DependencySection;
  readonly otherDeclared: string | null;
}

export const duplicateDependency = defineRule({
  id: 'duplicate-dependency',
  category: 'versions',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency that is declared twice.',
    why: `If a key appears twice in one section, only the last one is read, without a warning. The first one
misleads its readers. If a name is in two sections, the package manager decides which one counts, and whether
\`--omit=dev\` skips the package.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lodash": "^4.17.20",
    ^^^^^^^^ duplicate-dependency
    "react": "^19.0.0",
    "lodash": "^4.17.21"
  },
  "devDependencies": {
    "react": "^19.0.0"
    ^^^^^^^ duplicate-dependency
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "^19.0.0",
    "lodash": "^4.17.21"
  },
  "peerDependencies": {
    "react": "^19.0.0"
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }) {
      const reported = new Set<string>();
      for (const { section, dependencies } of sectionsWithDuplicates(manifest)) {
        const last = new Map(dependencies.map((dependency) => [dependency.name, dependency]));
        for (const dependency of dependencies) {
          const counts = last.get(dependency.name)!;
          if (counts === dependency || reported.has(dependency.name)) continue;
          reported.add(dependency.name);
          yield found('key', section, dependency, counts, manifest);
        }
      }
      for (const [loser, counts] of acrossSections(manifest, project.manager.name)) {
        if (reported.has(loser.name)) continue;
        reported.add(loser.name);
        yield found('sections', loser.section, loser, counts, manifest);
      }
      yield* lostSections(manifest);
    },
  },
  message({ data: { name, kind, section, declared, otherSection, otherDeclared } }) {
    if (kind === 'section')
      return `"${section}" appears twice in this file, and npm reads only the last one. Merge the two.`;
    const same = declared === otherDeclared;
    if (kind === 'key') {
      const losing = same
        ? ''
        : `, and ${JSON.stringify(otherDeclared)} counts, not ${JSON.stringify(declared)}`;
      return `"${name}" appears twice in ${section}${losing}. Remove the first.`;
    }
    const losing = same ? '' : `, as ${JSON.stringify(declared)} and as ${JSON.stringify(otherDeclared)}`;
    return `"${name}" is in both ${section} and ${otherSection}${losing}. Keep one of them.`;
  },
  *fix({ data, span }, { file, uri }) {
    if (file.kind !== 'manifest' || data.kind === 'section') return;
    const named = file.dependencies.filter((dependency) => dependency.name === data.name);
    const loser = named.find((dependency) => dependency.nameSpan.start === span.start);
    if (loser === undefined) return;
    if (data.kind === 'key') {
      const section = file.sections.find((each) => each.dependencies.includes(loser))!;
      const all = section.dependencies.filter((dependency) => dependency.name === data.name);
      const counts = all.at(-1)!;
      const applicability = all.every(({ declared }) => declared === counts.declared) ? 'safe' : 'unsafe';
      const title = `Remove ${entryText(loser)}, keep ${entryText(counts)}`;
      yield { title, applicability, edits: all.slice(0, -1).flatMap(removal) };
      return;
    }
    const other = effectiveDependencies(file).find(
      (dependency) => dependency.name === data.name && dependency.section === data.otherSection,
    );
    if (other === undefined) return;
    const same = loser.declared !== undefined && loser.declared === other.declared;
    yield {
      title: `Remove ${entryText(loser)} from ${loser.section}`,
      applicability: same ? 'safe' : 'unsafe',
      edits: removal(loser),
    };
    if (same) return;
    yield {
      title: `Remove ${entryText(other)} from ${other.section}`,
      applicability: 'unsafe',
      edits: removal(other),
    };

    function removal(dependency: ManifestDependency) {
      const edits = removeProperty((file as Manifest).text, dependency.span) ?? [];
      return edits.map((edit) => ({ uri, ...edit }));
    }
  },
});

function entryText({ name, declared }: ManifestDependency): string {
  return `${JSON.stringify(name)}: ${declared === undefined ? 'its value' : JSON.stringify(declared)}`;
}

/** Returns sections with duplicates, usually none. */
function sectionsWithDuplicates(manifest: Manifest): readonly ManifestSection[] {
  const sections = effectiveSections(manifest);
  const all = sections.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  return effectiveDependencies(manifest, { peers: true }).length === all ? [] : sections;
}

/**
 * Yields pairs of the entry to report and its counterpart. Of two equal entries the development one is redundant, as
 * the other is installed everywhere; of two different ones, the one the package manager does not read.
 */
function* acrossSections(
  manifest: Manifest,
  manager: PackageManagerName,
): Generator<readonly [loser: ManifestDependency, counts: ManifestDependency]> {
  if (effectiveSections(manifest).length < 2) return;
  const { prefersDev } = specNamed(manager).specifiers;
  const bySection: Partial<Record<DependencySection, Map<string, ManifestDependency>>> = {};
  for (const dependency of effectiveDependencies(manifest)) {
    bySection[dependency.section] ??= new Map();
    bySection[dependency.section]!.set(dependency.name, dependency);
  }
  for (const [name, prod] of bySection.dependencies ?? []) {
    const optional = bySection.optionalDependencies?.get(name);
    if (optional !== undefined) yield [prod, optional];
  }
  for (const [name, dev] of bySection.devDependencies ?? []) {
    const other = bySection.optionalDependencies?.get(name) ?? bySection.dependencies?.get(name);
    if (other === undefined) continue;
    yield prefersDev && dev.declared !== other.declared ? [other, dev] : [dev, other];
  }
}

function found(
  kind: 'key' | 'sections',
  section: DependencySection,
  loser: ManifestDependency,
  counts: ManifestDependency,
  manifest: Manifest,
): Found<Duplicate> {
  const message = kind === 'key' ? 'This one counts.' : `The same package in ${counts.section}.`;
  return {
    span: loser.nameSpan,
    data: {
      name: loser.name,
      kind,
      section,
      declared: loser.declared ?? null,
      otherSection: counts.section,
      otherDeclared: counts.declared ?? null,
    },
    ...(kind === 'key' ? { severity: 'error' as const } : {}),
    package: loser.name,
    related: [related(manifest, counts.nameSpan, message)],
  };
}

/** Yields duplicated sections: nothing in the first one is installed. */
function* lostSections(manifest: Manifest): Generator<Found<Duplicate>> {
  const counting = effectiveSections(manifest);
  for (const lost of manifest.sections) {
    if (counting.includes(lost)) continue;
    const counts = counting.find(({ section }) => section === lost.section)!;
    const { section } = lost;
    yield {
      span: lost.keySpan,
      data: {
        name: section,
        kind: 'section',
        section,
        declared: null,
        otherSection: section,
        otherDeclared: null,
      },
      severity: 'error',
      related: [related(manifest, counts.keySpan, 'This one counts.')],
    };
  }
}

function related(manifest: Manifest, span: Span, message: string): Related {
  return { uri: manifest.uri, span, message };
}
