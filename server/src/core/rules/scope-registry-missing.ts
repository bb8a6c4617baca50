import { setNpmrcKey } from '../config/edit-npmrc.ts';
import { registryOfScope } from '../config/registry-of-scope.ts';
import type { Fix, Severity } from '../finding.ts';
import type { ManifestDependency } from '../manifest/manifest.ts';
import { scopeOf } from '../project/derive.ts';
import type { Project } from '../project/project.ts';
import { joinUri } from '../text/uri.ts';
import { hostAndPort, parseWebAddress } from '../text/web-address.ts';
import { defineRule, type RuleContext } from './rule.ts';

/**
 * A private scope without a mapping is asked of the default registry: whoever owns the scope there can publish what this
 * project installs. Only npm's own files are read, so projects of other package managers, which may say it elsewhere,
 * get no finding, and neither does a project whose default registry is not the public one. Known false positives: a
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
    why: `Without \`@scope:registry=\` in the project's .npmrc, npm asks the default registry for private names, on every
machine that lacks the mapping. Somebody else may own the scope there, and their package is installed in place of yours.
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
  check: {
    *manifest(manifest, { project }) {
      if (project.manager.name !== 'npm' || saysItsRegistry(project)) return;
      const seen = new Set<string>();
      for (const dependency of manifest.dependencies) {
        const scope = scopeOf(dependency.target);
        if (scope === undefined || !asksRegistry(dependency, project) || seen.has(dependency.name)) continue;
        if (!isPrivate(scope, project) || projectMapping(scope, project) !== undefined) continue;
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
    *npmrc(npmrc, { project }) {
      if (npmrc !== project.npmConfig.project) return;
      for (const { scope, registry } of project.policy.privateScopes) {
        const entry = projectMapping(scope, project);
        if (entry === undefined || !isPublicHost(entry.value, project)) continue;
        if (registry !== undefined && isPublicHost(registry, project)) continue;
        const data: Unmapped = { scope, problem: 'public', registry: registry ?? null };
        yield { span: entry.valueSpan, data, severity: 'error' as const };
      }
    },
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
    yield data.registry === null ? askWhich(data.scope) : writeMapping(data.scope, data.registry, context);
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

/** The mapping that the project's own file has, whatever this machine says besides. */
function projectMapping(scope: string, { npmConfig }: Project) {
  const entry = npmConfig.project?.entries.findLast(({ key }) => key === `${scope}:registry`);
  return entry === undefined || entry.value === '' || entry.value === 'true' ? undefined : entry;
}

/** Whether the project's own file has a default registry that is not the public one: that one is asked for all. */
function saysItsRegistry({ npmConfig }: Project): boolean {
  const entry = npmConfig.project?.entries.findLast(({ key }) => key === 'registry');
  return (
    entry !== undefined && parseWebAddress(entry.value) !== undefined && !npmConfig.isPublic(entry.value)
  );
}

/** Whether this machine's configuration takes the name from elsewhere than the public registry. */
function isPrivateHere(name: string, { npmConfig }: Project): boolean {
  const choice = npmConfig.registryFor(name);
  return choice.source.type !== 'default' && !npmConfig.isPublic(choice.url);
}

function isPublicHost(url: string, { npmConfig }: Project): boolean {
  const [address, own] = [parseWebAddress(url), parseWebAddress(npmConfig.publicRegistry)];
  return address !== undefined && own !== undefined && hostAndPort(address) === hostAndPort(own);
}

function writeMapping(
  scope: string,
  registry: string,
  { project, ...context }: RuleContext & TextContext,
): Fix {
  const key = `${scope}:registry`;
  const uri = joinUri(project.root, '.npmrc');
  const edits = setNpmrcKey(context.text(uri), key, registry).map((edit) => ({ uri, ...edit }));
  return { title: `Add ${key}=${registry} to .npmrc`, applicability: 'unsafe', edits };
}

interface TextContext {
  text(uri: string): string | undefined;
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
