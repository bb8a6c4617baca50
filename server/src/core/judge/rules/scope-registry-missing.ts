import type { Project } from '../../read/project/project.ts';
import { ownScopeLine } from '../../read/project/registries/own-registry-lines.ts';
import { hasOwnDefault, isPrivateScope, isPublicHost } from '../../read/project/registries/private-scopes.ts';
import { registryOfScope } from '../../read/project/registries/registry-of-scope.ts';
import { scopeRegistryFix } from '../../read/project/registries/scope-registry-fix.ts';
import { registryDependencies, targetRelated } from '../../read/project/registry-dependencies.ts';
import type { Severity } from '../../read/text/finding.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * A private scope without a mapping is requested from the default registry: whoever owns the scope there can publish
 * what this project installs. Projects whose default registry is not the public one get no finding. Known false
 * positives: a scope of which only some packages are private.
 */
interface Unmapped {
  readonly scope: string;
  readonly problem: 'missing' | 'this-machine-only' | 'public';
  /** The registry known to serve the scope. */
  readonly registry: string | null;
}

export const scopeRegistryMissing = defineRule({
  id: 'scope-registry-missing',
  category: 'registry',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A package of a private scope without a configured registry.',
    why: `If the project's files do not map a scope to its registry, package managers ask the default registry for
its packages, on every machine that lacks the mapping. The owner of that scope can publish a package there that is
installed instead of yours. Add the mapping to

- .npmrc (\`@scope:registry=\`) for npm, pnpm, Yarn 1 and Bun,
- \`registries\` of pnpm-workspace.yaml,
- \`npmScopes\` of .yarnrc.yml for Yarn 2 and later, or
- \`[install.scopes]\` of bunfig.toml.

A scope counts as private if \`privateScopes\` in dependency-hygiene.json has it, or if another package or .npmrc of the
workspace configures a registry for it.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "@acme/ui": "^1.0.0"
    ^^^^^^^^^^ scope-registry-missing
  }
}
-- dependency-hygiene.json --
{
  "privateScopes": ["@acme"]
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "@acme/ui": "^1.0.0"
  }
}
-- .npmrc --
@acme:registry=https://npm.acme.example.test/
-- dependency-hygiene.json --
{
  "privateScopes": ["@acme"]
}
`,
  },
  check: {
    *manifest(manifest, { project }) {
      if (knowsNoPrivateScope(project) || hasOwnDefault(project)) return;
      const seen = new Set<string>();
      for (const item of registryDependencies(project, manifest)) {
        const { dependency, target } = item;
        const scope = scopeOf(target);
        if (scope === undefined || seen.has(dependency.name)) continue;
        if (!isPrivateScope(project, scope) || ownScopeLine(project, scope) !== undefined) continue;
        seen.add(dependency.name);
        const elsewhere = isPrivateHere(target, project);
        const severity: Severity = elsewhere ? 'hint' : 'warning';
        const problem = elsewhere ? 'this-machine-only' : 'missing';
        const data: Unmapped = { scope, problem, registry: registryOfScope(scope, project) ?? null };
        const evidence = (project.scopeEvidence.get(scope) ?? []).map(({ uri, span }) => ({
          uri,
          span,
          message: `The registry of ${scope} is configured here. Add it to the project's configuration.`,
        }));
        const related = [...targetRelated(project, item), ...evidence];
        yield { span: dependency.nameSpan, data, severity, package: dependency.name, related };
      }
    },
    npmrc: (npmrc, { project }) => publicMappings(npmrc.uri, project),
    pnpmWorkspace: (file, { project }) => publicMappings(file.uri, project),
    yarnrc: (file, { project }) => publicMappings(file.uri, project),
    bunfig: (file, { project }) => publicMappings(file.uri, project),
  },
  message({ data: { scope, problem }, package: name }) {
    switch (problem) {
      case 'missing':
        return `${name} is in a private scope, but no registry is configured for ${scope}. Add it to the project's configuration.`;
      case 'this-machine-only':
        return `${name} is in a private scope, and only this machine configures a registry for ${scope}. Add it to the project's configuration.`;
      case 'public':
        return `${scope} is a private scope, but this line takes it from the public registry. Name the registry that serves it.`;
    }
  },
  *fix({ data }, context) {
    const { project, text } = context;
    const fix = scopeRegistryFix(project, data.scope, data.registry ?? undefined, text);
    if (fix !== undefined) yield fix;
  },
});

function knowsNoPrivateScope({ policy, scopeEvidence }: Project): boolean {
  return policy.privateScopes.length === 0 && scopeEvidence.size === 0;
}

/** Yields private scopes that a file of the project maps to the public registry. */
function* publicMappings(uri: Uri, project: Project): Generator<Found<Unmapped>> {
  for (const { scope, registry } of project.policy.privateScopes) {
    const line = ownScopeLine(project, scope);
    if (line?.uri !== uri || !isPublicHost(project, line.value.value)) continue;
    if (registry !== undefined && isPublicHost(project, registry)) continue;
    const data: Unmapped = { scope, problem: 'public', registry: registry ?? null };
    yield { span: line.value.span, data, severity: 'error' };
  }
}

/** Checks whether this machine's configuration gets the name from another registry than the public one. */
function isPrivateHere(name: string, { npmConfig }: Project): boolean {
  const choice = npmConfig.registryFor(name);
  return choice.source.type !== 'default' && !npmConfig.isOpen(choice.url);
}
