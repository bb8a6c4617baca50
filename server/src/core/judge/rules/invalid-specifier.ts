import { deceptiveCharacter, deceptiveInValue } from '../../know/identity/deceptive-character.ts';
import type { CatalogLine } from '../../read/config/catalog-line.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { PackageManager } from '../../read/manager/package-manager.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { ManifestDependency } from '../../read/manifest/manifest.ts';
import { packageNameProblem } from '../../read/manifest/package-name.ts';
import { isBrokenVersion, isVersionOrRange, readSpecifier } from '../../read/manifest/read-specifier.ts';
import {
  lockedForCatalog,
  lockedVersion,
  registryVersion,
} from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import type { Fix } from '../../read/text/finding.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { redactUserinfo } from '../../read/text/paths/web-url.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * An invalid specifier makes an install fail, or install something unintended. A protocol of another manager is an
 * error only if a file determines the manager; protocols that a Yarn plugin may add are accepted. Tags may have any
 * name, so they are not judged.
 */
interface Invalid {
  /** The catalog of the entry; null for a dependency of a manifest. */
  readonly catalog: string | null;
  readonly name: string;
  readonly declared: string | null;
  readonly kind: 'name' | 'type' | 'text' | 'protocol';
  readonly reason: string;
  /** The range that was probably meant. */
  readonly nearest: string | null;
  readonly locked: string | null;
}

export const invalidSpecifier = defineRule({
  id: 'invalid-specifier',
  category: 'versions',
  preset: 'recommended',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'An invalid package name or version.',
    why: `The install fails on a value that is not a valid version, range, tag or URL. It also fails on a protocol
of another package manager: npm does not support \`workspace:\`, \`catalog:\`, \`link:\`, \`portal:\` or \`patch:\`.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lodash": "4.17.x.3"
              ^^^^^^^^^^ invalid-specifier
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lodash": "4.17.x"
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }): Generator<Found<Invalid>> {
      const { manager } = project;
      for (const dependency of effectiveDependencies(manifest, { peers: true })) {
        const problem = problemOf(dependency, manager) ?? missingInCatalog(dependency, project);
        if (problem === undefined) continue;
        // confusable-characters reports the characters.
        if (deceptiveIn(dependency, problem)) continue;
        const { name, declared } = dependency;
        const locked = lockedOf(project, manifest.uri, dependency);
        yield {
          span: problem.kind === 'name' ? dependency.nameSpan : dependency.valueSpan,
          data: {
            catalog: null,
            name,
            declared: declared === undefined ? null : redactUserinfo(declared),
            kind: problem.kind,
            reason: problem.reason,
            nearest:
              problem.kind === 'text' && declared !== undefined ? (nearestRange(declared) ?? null) : null,
            locked: locked ?? null,
          },
          package: name,
          ...(locked === undefined ? {} : { version: locked }),
        };
      }
      yield* inCatalogs(manifest.uri, manifest.catalogs, project);
    },
    pnpmWorkspace: (file, { project }) => inCatalogs(file.uri, file.catalogs, project),
    yarnrc: (file, { project }) => inCatalogs(file.uri, file.catalogs, project),
  },
  message({ data: { catalog, name: own, declared, kind, reason } }) {
    const name = catalog === null || kind === 'name' ? own : `${own}" in catalog "${catalog}`;
    const shown = JSON.stringify(declared);
    switch (kind) {
      case 'name':
        return `${JSON.stringify(name)} is not a valid package name: ${reason}. Correct it.`;
      case 'type':
        return `The version of "${name}" is ${reason}. Write it as text in quotes.`;
      case 'protocol':
        return `${shown} of "${name}" has a protocol that ${reason} does not support, so the install fails. Write a version or a range.`;
      case 'text':
        return `${shown} of "${name}" is invalid: ${reason}. Write a version or a range.`;
    }
  },
  *fix({ data, span }, { uri, file }) {
    if (data.kind === 'name') return;
    const isQuoted = data.catalog === null || file.text.startsWith('"', span.start);
    const ranges = new Set<string>();
    if (data.nearest !== null) ranges.add(data.nearest);
    if (data.locked !== null) ranges.add(`^${data.locked}`);
    for (const range of ranges) {
      const title = `Replace with ${JSON.stringify(data.name)}: ${JSON.stringify(range)}`;
      const newText = isQuoted ? JSON.stringify(range) : `'${range}'`;
      yield { title, applicability: 'unsafe', edits: [{ uri, span, newText }] } satisfies Fix;
    }
  },
});

/**
 * Yields catalog entries at their own place, as `catalog:` in manifests refers to them. Only for a file from which the
 * project's package manager reads catalogs.
 */
function* inCatalogs(uri: Uri, lines: readonly CatalogLine[], project: Project): Generator<Found<Invalid>> {
  if (lines.length === 0) return;
  for (const { catalog, name, value, isText } of lines) {
    const entry = project.catalogs.get(catalog, name.value);
    if (entry?.uri !== uri || entry.declared !== value.value) continue;
    const problem = entryProblem(name.value, value.value, isText, project.manager);
    if (problem === undefined) continue;
    const { kind, reason } = problem;
    const declared = redactUserinfo(value.value);
    const nearest = kind === 'text' ? (nearestRange(value.value) ?? null) : null;
    const lockedEntry = lockedForCatalog(project, entry);
    const locked = lockedEntry === undefined ? undefined : registryVersion(lockedEntry, name.value);
    yield {
      span: kind === 'name' ? name.span : value.span,
      data: { catalog, name: name.value, declared, kind, reason, nearest, locked: locked ?? null },
      package: name.value,
    };
  }
}

function deceptiveIn({ name, declared = '' }: ManifestDependency, { kind }: Problem): boolean {
  if (kind === 'name') return deceptiveCharacter(name) !== undefined;
  return kind === 'text' && deceptiveInValue(declared) !== undefined;
}

function entryProblem(
  name: string,
  declared: string,
  isText: boolean,
  manager: PackageManager,
): Problem | undefined {
  if (!isText) return { kind: 'type', reason: 'no text' };
  const specifier = readSpecifier(name, declared);
  if (specifier.type === 'catalog')
    return { kind: 'text', reason: 'an entry of a catalog cannot refer to a catalog' };
  const { title, specifiers } = specOf(manager);
  const protocol = specifiers.refusedInCatalogs?.exec(declared)?.[0];
  if (protocol !== undefined) {
    return { kind: 'text', reason: `${title} does not support '${protocol}' in catalogs` };
  }
  const nameProblem = packageNameProblem(name);
  return problemOf({ nameProblem, declared, specifier, valueType: 'string' }, manager);
}

/** Returns the problem of a `catalog:` without an entry in any of the fully read files with catalogs. */
function missingInCatalog({ name, specifier }: ManifestDependency, project: Project): Problem | undefined {
  if (specifier.type !== 'catalog') return undefined;
  const catalog = specifier.catalog.trim();
  const { catalogs, pnpmWorkspace, manager } = project;
  const isRead =
    specOf(manager).specifiers.catalogsIn === 'pnpmWorkspace' && pnpmWorkspace?.problems.length === 0;
  if (!isRead || catalogs.get(catalog, name) !== undefined) return undefined;
  const shown = catalog === '' ? 'default' : catalog;
  return catalogs.has(catalog)
    ? { kind: 'text', reason: `catalog '${shown}' in pnpm-workspace.yaml has no entry for it` }
    : { kind: 'text', reason: `pnpm-workspace.yaml has no catalog '${shown}'` };
}

interface Problem {
  readonly kind: Invalid['kind'];
  readonly reason: string;
}

type Judged = Pick<ManifestDependency, 'nameProblem' | 'declared' | 'valueType' | 'specifier'>;

function problemOf(dependency: Judged, manager: PackageManager): Problem | undefined {
  const { nameProblem, declared, valueType } = dependency;
  if (valueType === 'missing') return undefined;
  if (nameProblem !== undefined && !isLinked(dependency)) return { kind: 'name', reason: nameProblem };
  if (declared === undefined) return { kind: 'type', reason: TYPE_NAMES[valueType] };
  const { specifier } = dependency;
  const { foreign, hasPlugins, namesAliases } = specOf(manager).specifiers;
  if (specifier.type === 'invalid') {
    const fromPlugin = hasPlugins && /^[a-z][a-z\d+.-]*:/i.test(declared);
    return fromPlugin ? undefined : { kind: 'text', reason: specifier.reason };
  }
  const tag = specifier.type === 'alias' ? specifier.inner : specifier;
  if (tag.type === 'tag' && isBrokenVersion(tag.tag)) {
    return { kind: 'text', reason: 'it is not a version, a range or a dist-tag' };
  }
  if (manager.because === 'default') return undefined;
  if (foreign.has(specifier.type)) return { kind: 'protocol', reason: manager.name };
  if (namesAliases && specifier.type === 'alias' && isVersionOrRange(declared.slice(4))) {
    return { kind: 'text', reason: 'an alias must name a package' };
  }
  return undefined;
}

/** Checks for linked folders: Yarn and pnpm accept any name for these; npm rejects the protocol anyway. */
function isLinked({ declared, specifier }: Judged): boolean {
  return declared !== undefined && ['link', 'portal', 'workspace'].includes(specifier.type);
}

const TYPE_NAMES = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  object: 'an object',
  array: 'an array',
} as const;

/** Returns what is locked under the name, even if the invalid value meant a different one. */
function lockedOf(project: Project, uri: string, dependency: ManifestDependency): string | undefined {
  return lockedVersion(project, uri, { name: dependency.name, target: dependency.name });
}

/** The longest text analyzed for its meaning. */
const MAX_LENGTH = 200;

/** Returns the range that is one obvious typo away from the text; undefined if there is none or more than one typo. */
export function nearestRange(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const bare = text.replace(/^[\s"'`,;]+|[\s"'`,;]+$/g, '');
  const candidates = [
    bare,
    bare.replace(/^[\w@/.-]*[\w-]@/, ''),
    bare.replace(/(\d|\bx|\*)((?:\.(?:\d+|x|\*)){2})(?:\.(?:\d+|x|\*))+/g, '$1$2'),
    bare.replace(/([\^~])[\^~]+/g, '$1'),
    bare.replace(/([\^~<>=])\s*(?:v\.?|version\s*)(?=\d)|^(?:v\.|version\s*)(?=\d)/gi, '$1'),
    bare.replaceAll(',', '.'),
    bare.replaceAll(',', ' '),
    bare.replace(/\s*(?:&&|\band\b)\s*/gi, ' '),
    bare.replace(/\s*(?:\|+|\bor\b)\s*/gi, ' || '),
    bare.replace(/=([<>])/g, '$1='),
    bare.replace(/\.{2,}/g, '.'),
    bare.replace(/\.$/, ''),
  ];
  return candidates.find((range) => range !== '' && range !== text && isVersionOrRange(range));
}
