import type { Fix, Severity } from '../finding.ts';
import type { ManifestDependency } from '../manifest/manifest.ts';
import type { Project } from '../project/project.ts';
import { ownDefaultLine, ownScopeLine } from '../project/registries/own-registry-lines.ts';
import { registryOfScope } from '../project/registries/registry-of-scope.ts';
import { writeScopeRegistry } from '../project/registries/write-scope-registry.ts';
import { scopeOf } from '../text/scope-of.ts';
import type { Uri } from '../text/uri.ts';
import { isSameHost, parseWebAddress } from '../text/web-address.ts';
import { defineRule, type Found, type RuleContext } from './rule.ts';

/**
 * A private scope without a mapping is asked of the default registry: whoever owns the scope there can publish what this
 * project installs. A project whose default registry is not the public one gets no finding. Known false positives: a
 * scope of which only some packages are private.
 */
interface Unmapped {
  readonly scope: string;
  readonly problem: 'missing' | 'this-machine-only' | 'public';
  /** The registry that is known to serve the scope. */
  readonly registry: string | null;
}

export const scopeRegistryMissing = defineRule({
  id: 'scope-registry-missing',
  category: 'registry',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A package of a private scope, in a project that does not say which registry serves the scope.',
    why: `Where the project's files do not map a scope to its registry, package managers ask the default registry for its
names, on every machine that lacks the mapping. Somebody else may own the scope there, and their package is installed in
place of yours. The mapping stands in .npmrc (\`@scope:registry=\`; npm, pnpm, Yarn 1, Bun), in \`registries\` of
pnpm-workspace.yaml, in \`npmScopes\` of .yarnrc.yml (Yarn 2 and later) or in \`[install.scopes]\` of bunfig.toml.

A scope counts as private when \`privateScopes\` in dependency-hygiene.json has it, or when another package or .npmrc of the
workspace names a registry of its own for it.`,
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
  perDependency: true,
  check: {
    *manifest(manifest, { project }) {
      if (saysItsRegistry(project)) return;
      const seen = new Set<string>();
      for (const dependency of manifest.dependencies) {
        const scope = scopeOf(dependency.target);
        if (scope === undefined || !asksRegistry(dependency, project) || seen.has(dependency.name)) continue;
        if (!isPrivate(scope, project) || ownScopeLine(project, scope) !== undefined) continue;
        seen.add(dependency.name);
        const elsewhere = isPrivateHere(dependency.target, project);
        const severity: Severity = elsewhere ? 'hint' : 'warning';
        const problem = elsewhere ? 'this-machine-only' : 'missing';
        const data: Unmapped = { scope, problem, registry: registryOfScope(scope, project) ?? null };
        const related = (project.scopeEvidence.get(scope) ?? []).map(({ uri, span }) => ({
          uri,
          span,
          message: `This says which registry serves ${scope}.`,
        }));
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
        return `${name} is in a private scope, but this project does not say which registry serves ${scope}.`;
      case 'this-machine-only':
        return `${name} is in a private scope, and only the configuration of this machine says which registry serves ${scope}.`;
      case 'public':
        return `${scope} is a private scope, but this line takes it from the public registry.`;
    }
  },
  *fix({ data }, context) {
    const fix =
      data.registry === null ? askWhich(data.scope) : writeMapping(data.scope, data.registry, context);
    if (fix !== undefined) yield fix;
  },
});

/** Peer dependencies are installed by whoever has them, and members of the workspace by nobody. */
function asksRegistry(
  { section, specifier, declared, target }: ManifestDependency,
  project: Project,
): boolean {
  if (section === 'peerDependencies' || declared === undefined || project.memberNames.has(target))
    return false;
  return ['version', 'range', 'tag', 'alias'].includes(specifier.type);
}

function isPrivate(scope: string, { policy, scopeEvidence }: Project): boolean {
  return policy.privateScopes.some((entry) => entry.scope === scope) || scopeEvidence.has(scope);
}

/** Private scopes of which a file of the project says that the public registry serves them. */
function* publicMappings(uri: Uri, project: Project): Generator<Found<Unmapped>> {
  for (const { scope, registry } of project.policy.privateScopes) {
    const line = ownScopeLine(project, scope);
    if (line?.uri !== uri || !isPublicHost(line.value.value, project)) continue;
    if (registry !== undefined && isPublicHost(registry, project)) continue;
    const data: Unmapped = { scope, problem: 'public', registry: registry ?? null };
    yield { span: line.value.span, data, severity: 'error' };
  }
}

/** Whether the project's own files have a default registry that is not the public one: that one is asked for all. */
function saysItsRegistry(project: Project): boolean {
  const line = ownDefaultLine(project);
  if (line === undefined || parseWebAddress(line.value.value) === undefined) return false;
  return !project.npmConfig.isPublic(line.value.value);
}

/** Whether this machine's configuration takes the name from elsewhere than the public registry. */
function isPrivateHere(name: string, { npmConfig }: Project): boolean {
  const choice = npmConfig.registryFor(name);
  return choice.source.type !== 'default' && !npmConfig.isPublic(choice.url);
}

function isPublicHost(url: string, { npmConfig }: Project): boolean {
  return isSameHost(url, npmConfig.publicRegistry);
}

function writeMapping(
  scope: string,
  registry: string,
  { project, text }: RuleContext & TextContext,
): Fix | undefined {
  const written = writeScopeRegistry(project, scope, registry, text);
  if (written === undefined) return undefined;
  const { uri, fileName, shown, edits } = written;
  return {
    title: `Add ${shown} to ${fileName}`,
    applicability: 'unsafe',
    edits: edits.map((edit) => ({ uri, ...edit })),
  };
}

interface TextContext {
  text(uri: Uri): string | undefined;
}

/** The editor asks for the address; nothing in the workspace says it. */
function askWhich(scope: string): Fix {
  return {
    title: `Say which registry serves ${scope}…`,
    applicability: 'display-only',
    edits: [],
    command: 'dependencyHygiene.setScopeRegistry',
  };
}
