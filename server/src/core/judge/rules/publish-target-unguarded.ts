import { registryKind } from '../../know/registry/access/serving-registry.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { Project } from '../../read/project/project.ts';
import { ownDefaultLine, ownScopeLine } from '../../read/project/registries/own-registry-lines.ts';
import { isDeclaredPrivate, isPrivateScope } from '../../read/project/registries/private-scopes.ts';
import { registryOfScope } from '../../read/project/registries/registry-of-scope.ts';
import type { Fix, Severity } from '../../read/text/finding.ts';
import { setProperty } from '../../read/text/json/json-edit.ts';
import { parseJsonTree, propertyOf } from '../../read/text/json/json-tree.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * One `npm publish` in the wrong folder exposes internal code to everybody, irrevocably once seen. Known false
 * positives: a package to be published although its scope is mostly private, which `publishConfig.registry` can
 * declare.
 */
interface Unguarded {
  readonly name: string;
  /**
   * open: nothing states where to publish it; root: the root of a workspace; public: it states the public registry or
   * public access.
   */
  readonly problem: 'open' | 'this-machine-only' | 'root' | 'public-registry' | 'public-access';
}

export const publishTargetUnguarded = defineRule({
  id: 'publish-target-unguarded',
  category: 'registry',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A private package, or the root of a workspace, that could be published to the public registry.',
    why: `Without \`"private": true\`, \`npm publish\` publishes the folder, and to the public registry unless another
one is configured. Everybody can then read internal code, and its name shows attackers which package to imitate.

A package counts as private if its scope is in \`privateScopes\` or its name in \`internalNames\` of
dependency-hygiene.json. It also does if another file of the workspace configures a registry for the scope. It is
guarded by \`"private": true\`, by \`publishConfig.registry\`, and by a line of the project's configuration that maps the
scope. The root of a workspace counts if nothing in it can be published: no \`main\`, \`exports\`, \`bin\` or \`files\`.`,
    bad: `-- package.json --
{
  "name": "@acme/ui",
          ^^^^^^^^^^ publish-target-unguarded
  "version": "1.0.0"
}
-- dependency-hygiene.json --
{
  "privateScopes": ["@acme"]
}
`,
    good: `-- package.json --
{
  "name": "@acme/ui",
  "version": "1.0.0",
  "publishConfig": { "registry": "https://npm.acme.example.test/" }
}
-- dependency-hygiene.json --
{
  "privateScopes": ["@acme"]
}
`,
  },
  check: {
    *manifest(manifest, { project }): Generator<Found<Unguarded>> {
      const { name, version } = manifest;
      if (manifest.private || name === undefined || name.value === '' || version === undefined) return;
      const problem = problemOf(manifest, name.value, project);
      if (problem === undefined || project.insideMember) return;
      const data: Unguarded = { name: name.value, problem };
      yield { span: name.span, data, severity: SEVERITY[problem], package: name.value };
    },
  },
  message({ data: { name, problem } }) {
    switch (problem) {
      case 'open':
        return `"${name}" is private, but nothing keeps "npm publish" from the public registry. Add "private": true or publishConfig.registry.`;
      case 'this-machine-only':
        return `"${name}" is private, and only the configuration of this machine keeps "npm publish" from the public registry. Add "private": true or publishConfig.registry.`;
      case 'root':
        return `"${name}" is the root of a workspace and has nothing to publish, but "npm publish" would publish the folder. Add "private": true.`;
      case 'public-registry':
        return `"${name}" is private, but publishConfig sends it to the public registry. Name the registry that serves it.`;
      case 'public-access':
        return `"${name}" is private, but publishConfig.access makes it public, and nothing keeps it from the public registry. Name the registry that serves it.`;
    }
  },
  *fix({ data: { name, problem } }, { file, project }) {
    if (file.kind !== 'manifest') return;
    const makePrivate = setFix(file, ['private'], true, 'Add "private": true');
    if (makePrivate !== undefined) yield makePrivate;
    const scope = scopeOf(name);
    if (scope === undefined || problem === 'root') return;
    const registry = registryOfScope(scope, project);
    if (registry === undefined || project.npmConfig.isOpen(registry)) return;
    const key = file.publishConfig?.scopes.has(scope) === true ? `${scope}:registry` : 'registry';
    const title = `Publish it to ${registry}, in publishConfig`;
    const toRegistry = setFix(file, ['publishConfig', key], registry, title);
    if (toRegistry !== undefined) yield toRegistry;
  },
});

const SEVERITY: Readonly<Record<Unguarded['problem'], Severity>> = {
  open: 'warning',
  root: 'warning',
  'public-access': 'warning',
  'public-registry': 'error',
  'this-machine-only': 'hint',
};

function problemOf(manifest: Manifest, name: string, project: Project): Unguarded['problem'] | undefined {
  const { publishConfig } = manifest;
  const scope = scopeOf(name);
  const isDeclared =
    project.policy.internalNames.includes(name) || (scope !== undefined && isDeclaredPrivate(project, scope));
  if (!isDeclared && (scope === undefined || !isPrivateScope(project, scope))) {
    return isBareRoot(manifest, project) ? 'root' : undefined;
  }
  const target =
    (scope === undefined ? undefined : publishConfig?.scopes.get(scope)) ?? publishConfig?.registry;
  const isForAll = publishConfig?.access?.value === 'public';
  // In a scope that only appears private, a package clearly meant to be public may be public.
  if (!isDeclared && (isForAll || target !== undefined)) return undefined;
  if (target !== undefined) return isPublic(target.value, project) ? 'public-registry' : undefined;
  if (isMapped(scope, project)) return undefined;
  if (isForAll) return 'public-access';
  return isPublic(project.npmConfig.registryFor(name).url, project) ? 'open' : 'this-machine-only';
}

/**
 * Checks whether the project's own files map the package to another registry than the public one, for installs and
 * publishing.
 */
function isMapped(scope: string | undefined, project: Project): boolean {
  const line = (scope === undefined ? undefined : ownScopeLine(project, scope)) ?? ownDefaultLine(project);
  return line !== undefined && !isPublic(line.value.value, project);
}

function isPublic(url: string, project: Project): boolean {
  return registryKind(project, url) === 'public';
}

const PUBLISHED = [
  'main',
  'module',
  'browser',
  'exports',
  'bin',
  'types',
  'typings',
  'files',
  'publishConfig',
];

/** Checks for a root with members that has nothing to install. */
function isBareRoot({ uri, text }: Manifest, project: Project): boolean {
  if (project.members.size < 2 || project.members.get(uri)?.path !== '' || isMapped(undefined, project))
    return false;
  const { root } = parseJsonTree(text);
  return PUBLISHED.every((key) => propertyOf(root, key) === undefined);
}

function setFix(
  { uri, text }: Manifest,
  path: readonly string[],
  value: string | boolean,
  title: string,
): Fix | undefined {
  const edits = setProperty(text, path, value) ?? [];
  if (edits.length === 0) return undefined;
  return { title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) };
}
