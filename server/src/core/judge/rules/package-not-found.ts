import { popularMeant } from '../../know/identity/confusable-with.ts';
import {
  PUBLIC,
  type ServingRegistry,
  servingRegistry,
} from '../../know/registry/access/serving-registry.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import { isPrivateScope } from '../../read/project/registries/private-scopes.ts';
import { scopeRegistryFix } from '../../read/project/registries/scope-registry-fix.ts';
import {
  type RegistryDependency,
  registryDependencies,
  targetRelated,
} from '../../read/project/registry-dependencies.ts';
import type { Severity } from '../../read/text/finding.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { defineRule } from '../check/rule.ts';
import { meantNameFixes } from './meant-name-fixes.ts';

/**
 * Anybody may register a name that nobody owns: AI assistants repeatedly invent the same names, and attackers register
 * these. A registry may return the same answer for a private package, so only an unscoped name in the public registry
 * is certain. Known false positives: a scope whose packages other team members can read.
 */
interface NotFound {
  readonly name: string;
  /** Whether nobody owns the name; otherwise it may exist without this user having access. */
  readonly isFree: boolean;
  readonly registry: string;
  readonly scope: string | null;
  /** A popular package with a similar name. */
  readonly meant: string | null;
}

export const packageNotFound = defineRule({
  id: 'package-not-found',
  category: 'identity',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A package that does not exist in its registry.',
    why: `Assistants invent package names, often the same ones, and people mistype them. Anyone who registers such a
name runs code on every machine that installs it. Remove the name, or find the intended package, before somebody does.

To users without access, a registry answers for a private package as for one that does not exist. Such a name is a
warning. Where a scope has a registry of its own without a configured credential, nothing is reported. A private name
is never requested from the public registry.`,
    registry: { react: {} },
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "^19.0.0",
    "react-codeshift": "^1.0.0"
    ^^^^^^^^^^^^^^^^^ package-not-found
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "^19.0.0"
  }
}
`,
  },
  factsOfEach: 'only',
  check: {
    *manifest(manifest, { project, facts, popular }) {
      for (const item of registryDependencies(project, manifest, { peers: true })) {
        const { dependency, target } = item;
        if (facts.packument(target).state !== 'absent') continue;
        const registry = servingRegistry(project, target);
        const severity = severityOf(item, registry, manifest.uri, project);
        if (severity === undefined) continue;
        const data: NotFound = {
          name: target,
          isFree: severity === 'error',
          registry: registry.words,
          scope: scopeOf(target) ?? null,
          meant: popularMeant(target, popular) ?? null,
        };
        const related = targetRelated(project, item);
        yield {
          ...{ span: dependency.nameSpan, data, severity, package: dependency.name, related },
          cause: 'absent-name',
        };
      }
    },
  },
  message({ data: { name, isFree, registry, scope, meant } }) {
    const perhaps = meant === null ? undefined : `Did you mean "${meant}"?`;
    if (isFree) {
      const end = perhaps ?? 'Check the name, or remove it.';
      return `"${name}" does not exist on ${registry}, and anyone could register the name. ${end}`;
    }
    if (scope !== null && registry === PUBLIC) {
      return `"${name}" is not on ${registry}, or is private and not shown to you. Check the name, or configure the registry of ${scope}.`;
    }
    return `"${name}" is not on ${registry}, or not shown to you. ${perhaps ?? 'Check the name and your access.'}`;
  },
  *fix({ data, span }, context) {
    const { file, project, text } = context;
    if (file.kind !== 'manifest') return;
    const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
    if (dependency === undefined) return;
    const own =
      dependency.target === data.name
        ? [...meantNameFixes(file, dependency, data.meant ?? undefined, context)]
        : [];
    const { scope } = data;
    const mapping =
      scope === null || servingRegistry(project, data.name).kind !== 'public'
        ? undefined
        : scopeRegistryFix(project, scope, undefined, text);
    if (mapping === undefined) yield* own;
    else if (own.length < 2) yield* [mapping, ...own];
    else {
      // The name that was probably meant comes first.
      const { effect: _, ...plain } = mapping;
      yield* [own[0]!, plain, ...own.slice(1)];
    }
  },
});

/** Returns undefined if it may exist for somebody with credentials. */
function severityOf(
  { dependency, target }: RegistryDependency,
  { kind }: ServingRegistry,
  manifest: Uri,
  project: Project,
): Severity | undefined {
  if (kind === 'public' && scopeOf(target) === undefined) return 'error';
  if (isHiddenPerhaps(target, project)) return undefined;
  const isLocked = lockedEntry(project, manifest, dependency)?.source === 'registry';
  return isLocked && !hasCredential(target, project) ? undefined : 'warning';
}

function isHiddenPerhaps(name: string, project: Project): boolean {
  const scope = scopeOf(name);
  if (scope === undefined || hasCredential(name, project)) return false;
  return isPrivateScope(project, scope) || project.npmConfig.registryFor(name).scope !== undefined;
}

function hasCredential(name: string, { npmConfig }: Project): boolean {
  return npmConfig.credentialFor(npmConfig.registryFor(name).url, name) !== undefined;
}
