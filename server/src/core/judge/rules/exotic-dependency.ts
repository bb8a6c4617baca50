import type { PnpmWorkspace } from '../../read/config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../../read/config/yarn/yarnrc.ts';
import { effectiveDependencies, isInstalled } from '../../read/manifest/effective-dependencies.ts';
import { exoticAmong } from '../../read/manifest/exotic-among.ts';
import { asGit } from '../../read/manifest/git-ref.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { readSpecifier } from '../../read/manifest/read-specifier.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import { catalogEntries } from '../../read/project/catalogs/catalog-entries.ts';
import type { Project } from '../../read/project/project.ts';
import type { Severity } from '../../read/text/finding.ts';
import { isWithin, joinUri, parentUri, type Uri } from '../../read/text/paths/uri.ts';
import { redactUserinfo } from '../../read/text/paths/web-url.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * A dependency that does not come from a registry has no signature, age or advisories to check. Core has no disk
 * access, so it does not judge whether a path exists. If the repository's root is unknown, the project's root is the
 * boundary; a path to a parent folder (an example that depends on its library) then counts as the author's own.
 */
interface Exotic {
  readonly name: string;
  readonly declared: string;
  readonly kind: 'git' | 'tarball' | 'machine' | 'outside';
}

export const exoticDependency = defineRule({
  id: 'exotic-dependency',
  category: 'registry',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency that comes from git, a URL, or a path outside the project.',
    why: `Signatures, provenance, advisories, minimum ages and unpublishing belong to registries. Code from a
repository or a URL has none of them, and may run scripts while it is prepared. A path that leads out of the project,
or that only this machine has, cannot be installed by anyone else.

Paths inside the project are fine. Where the root of the repository is unknown, the root of the project is the bound.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left": "github:someone/left#0123456789abcdef0123456789abcdef01234567",
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exotic-dependency
    "right": "https://files.example.test/right-1.0.0.tgz"
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exotic-dependency
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left": "^1.0.0",
    "right": "file:./vendor/right"
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }): Generator<Found<Exotic>> {
      for (const dependency of exoticAmong(effectiveDependencies(manifest, { peers: true }))) {
        if (dependency.declared === undefined || !isInstalled(manifest, dependency)) continue;
        const judged = judge(dependency.specifier, manifest.uri, project);
        if (judged === undefined) continue;
        yield {
          span: dependency.valueSpan,
          data: { name: dependency.name, declared: redactUserinfo(dependency.declared), kind: judged.kind },
          ...(judged.severity === undefined ? {} : { severity: judged.severity }),
          package: dependency.name,
        };
      }
      yield* inCatalogs(manifest, project);
      yield* inOverrides(manifest.uri, project);
    },
    *pnpmWorkspace(file, { project }) {
      yield* inCatalogs(file, project);
      yield* inOverrides(file.uri, project);
    },
    yarnrc: (file, { project }) => inCatalogs(file, project),
  },
  message({ data: { name, declared, kind } }) {
    switch (kind) {
      case 'git':
        return `"${name}" comes from git (${declared}), where no registry signature, cooldown or advisory applies. Use a registry release if there is one.`;
      case 'tarball':
        return `"${name}" comes from a URL (${declared}), where no registry signature, cooldown or advisory applies. Use a registry release if there is one.`;
      case 'machine':
        return `"${name}" comes from a path that exists only on this machine (${declared}). Use a path inside the repository.`;
      case 'outside':
        return `"${name}" comes from outside this project (${declared}). Use a path inside it, a workspace or a registry.`;
    }
  },
});

function* inCatalogs(
  { uri, catalogs }: Pick<PnpmWorkspace | Yarnrc | Manifest, 'uri' | 'catalogs'>,
  project: Project,
): Generator<Found<Exotic>> {
  for (const { name, value, specifier } of catalogEntries(uri, catalogs, project)) {
    const judged = judge(specifier, uri, project);
    if (judged === undefined) continue;
    yield {
      span: value.span,
      data: { name: name.value, declared: redactUserinfo(value.value), kind: judged.kind },
      ...(judged.severity === undefined ? {} : { severity: judged.severity }),
      package: name.value,
    };
  }
}

/** Yields overrides, whose replacement applies to all dependents. */
function* inOverrides(uri: Uri, project: Project): Generator<Found<Exotic>> {
  const { overrides, overridePlaces } = project;
  for (const [at, { counts, selector, declared }] of overrides.entries.entries()) {
    const place = overridePlaces[at];
    if (!counts || selector === undefined || place?.uri !== uri || place.valueSpan === undefined) continue;
    const { name } = selector.target;
    const judged = judge(readSpecifier(name, declared), uri, project);
    if (judged === undefined) continue;
    yield {
      span: place.valueSpan,
      data: { name, declared: redactUserinfo(declared), kind: judged.kind },
      ...(judged.severity === undefined ? {} : { severity: judged.severity }),
      package: name,
    };
  }
}

function judge(
  specifier: Specifier,
  manifest: Uri,
  project: Project,
): { readonly kind: Exotic['kind']; readonly severity?: Severity } | undefined {
  switch (specifier.type) {
    case 'git':
      return { kind: 'git' };
    case 'remote':
      return { kind: asGit(specifier, project.manager.name) === undefined ? 'tarball' : 'git' };
    case 'file':
    case 'directory':
    case 'link':
    case 'portal':
      return judgePath(specifier.path, parentUri(manifest), project);
    default:
      return undefined;
  }
}

function judgePath(
  path: string,
  directory: Uri,
  project: Project,
): { readonly kind: Exotic['kind']; readonly severity?: Severity } | undefined {
  if (/^(?:[/\\]|~(?:[/\\]|$)|[a-zA-Z]:)/.test(path)) return { kind: 'machine', severity: 'error' };
  const target = joinUri(directory, path);
  if (project.repository !== undefined) {
    return isWithin(project.repository, target) ? undefined : { kind: 'outside', severity: 'error' };
  }
  const isOwn = isWithin(project.root, target) || isWithin(target, project.root);
  return isOwn ? undefined : { kind: 'outside' };
}
