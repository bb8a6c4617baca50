import { scopeNameOf } from '../config/bun-registries.ts';
import type { Bunfig } from '../config/bunfig.ts';
import type { NpmConfig, Npmrc } from '../config/npm-config.ts';
import type { PnpmWorkspace } from '../config/pnpm-workspace.ts';
import type { Yarnrc } from '../config/yarnrc.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readSpecifier } from '../manifest/read-specifier.ts';
import type { Specifier } from '../manifest/specifier.ts';
import type { Policy } from '../policy/policy.ts';
import { nameOf, parentUri, relativeUri, type Uri } from '../text/uri.ts';
import type { Member, ScopeEvidence } from './project.ts';

/** The root and its members, by the URI of the manifest. */
export function deriveMembers(root: Uri, manifests: readonly Manifest[]): ReadonlyMap<Uri, Member> {
  const members = new Map<Uri, Member>();
  for (const manifest of manifests) {
    members.set(manifest.uri, {
      path: relativeUri(root, parentUri(manifest.uri)),
      uri: manifest.uri,
      name: manifest.name?.value,
      version: manifest.version?.value,
    });
  }
  return members;
}

/** The names of members that have one, the root's own included. */
export function deriveMemberNames(members: ReadonlyMap<Uri, Member>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const member of members.values()) if (member.name !== undefined) names.add(member.name);
  return names;
}

/** Texts that stand for what manifests declare: of catalogs and overrides. */
type Replacement = { readonly name: string; readonly declared: string };

/**
 * Keys of dependencies that come from elsewhere than a registry, by a manifest, a catalog or an override, for judging
 * lockfile entries of them.
 */
export function deriveExoticNames(
  manifests: readonly Manifest[],
  replacements: readonly Replacement[] = [],
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { name, declared } of replacements) {
    if (mayBeExotic(declared) && isExotic(readSpecifier(name, declared))) names.add(name);
  }
  for (const manifest of manifests) {
    for (const dependency of manifest.dependencies) {
      if (mayBeExotic(dependency.declared) && isExotic(dependency.specifier)) names.add(dependency.name);
    }
  }
  return names;
}

/** A specifier that is plainly a version or range is not parsed for this. */
function mayBeExotic(declared: string | undefined): boolean {
  return declared !== undefined && /[/:]/.test(declared);
}

export function isExotic(specifier: Specifier): boolean {
  switch (specifier.type) {
    case 'git':
    case 'remote':
    case 'file':
    case 'directory':
    case 'link':
    case 'portal':
      return true;
    default:
      return false;
  }
}

/** Files of any project in the workspace that may say which registry serves a scope. */
export interface ScopeSources {
  readonly policies: readonly Policy[];
  readonly npmrcs: readonly Npmrc[];
  readonly pnpmWorkspaces: readonly PnpmWorkspace[];
  readonly yarnrcs: readonly Yarnrc[];
  readonly bunfigs: readonly Bunfig[];
  readonly manifests: readonly Manifest[];
  /** For telling a private registry from the public one. */
  readonly config: Pick<NpmConfig, 'isPublic'>;
}

/**
 * What the workspace says of scopes and their registries: policy first, then the package managers' files, then
 * publishConfig. Only registries other than the public one are evidence that a scope is private.
 */
export function deriveScopeEvidence(sources: ScopeSources): ReadonlyMap<string, readonly ScopeEvidence[]> {
  const evidence = new Map<string, ScopeEvidence[]>();
  const add = (item: ScopeEvidence) => {
    if (item.origin !== 'policy' && sources.config.isPublic(item.registry)) return;
    const list = evidence.get(item.scope);
    if (list === undefined) evidence.set(item.scope, [item]);
    else list.push(item);
  };
  for (const policy of sources.policies) {
    for (const { scope, registry } of policy.privateScopes) {
      if (policy.uri === undefined || registry === undefined) continue;
      add({
        scope,
        registry,
        uri: policy.uri,
        span: policy.rootSpan ?? { start: 0, end: 0 },
        origin: 'policy',
      });
    }
  }
  for (const npmrc of sources.npmrcs) {
    for (const { key, value, valueSpan } of npmrc.entries) {
      if (!key.startsWith('@') || !key.endsWith(':registry')) continue;
      add({
        scope: key.slice(0, -':registry'.length),
        registry: value,
        uri: npmrc.uri,
        span: valueSpan,
        origin: 'npmrc',
      });
    }
  }
  for (const item of managerEvidence(sources)) add(item);
  for (const manifest of sources.manifests) {
    for (const item of publishEvidence(manifest)) add(item);
  }
  return evidence;
}

function* managerEvidence({ pnpmWorkspaces, yarnrcs, bunfigs }: ScopeSources): Iterable<ScopeEvidence> {
  for (const { uri, registries } of pnpmWorkspaces) {
    for (const { key, value } of registries) {
      if (!key.value.startsWith('@') || typeof value?.value !== 'string') continue;
      const { text: registry, span } = value;
      yield { scope: key.value, registry, uri, span, origin: 'pnpm-workspace' };
    }
  }
  for (const { uri, scopes } of yarnrcs) {
    for (const { key, server } of scopes) {
      if (key === undefined || server === undefined) continue;
      yield { scope: `@${key.value}`, registry: server.value, uri, span: server.span, origin: 'yarnrc' };
    }
  }
  for (const { uri, scopes } of bunfigs) {
    for (const entry of scopes) {
      const scope = scopeNameOf(entry);
      if (scope === undefined || entry.url === undefined) continue;
      yield { scope, registry: entry.url.value, uri, span: entry.url.span, origin: 'bunfig' };
    }
  }
}

function* publishEvidence(manifest: Manifest): Iterable<ScopeEvidence> {
  const config = manifest.publishConfig;
  if (config === undefined) return;
  const ownScope = scopeOf(manifest.name?.value ?? '');
  if (ownScope !== undefined && config.registry !== undefined) {
    const { value, span } = config.registry;
    yield { scope: ownScope, registry: value, uri: manifest.uri, span, origin: 'publishConfig' };
  }
  for (const [scope, { value, span }] of config.scopes) {
    yield { scope, registry: value, uri: manifest.uri, span, origin: 'publishConfig' };
  }
}

/** `@acme` of `@acme/ui`. */
export function scopeOf(name: string): string | undefined {
  const slash = name.indexOf('/');
  return name.startsWith('@') && slash > 1 ? name.slice(0, slash) : undefined;
}

/** Whether a URI names one of the files that a project is made of. */
export function isManifestName(uri: Uri): boolean {
  return nameOf(uri) === 'package.json';
}
