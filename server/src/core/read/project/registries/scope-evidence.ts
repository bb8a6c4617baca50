import { scopeNameOf } from '../../config/bun/bun-registries.ts';
import type { Bunfig } from '../../config/bun/bunfig.ts';
import type { NpmConfig } from '../../config/npm/npm-config.ts';
import type { Npmrc } from '../../config/npm/npmrc.ts';
import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../../config/yarn/yarnrc.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { Policy } from '../../policy-file/policy.ts';
import { scopeOf } from '../../text/paths/scope-of.ts';
import { START } from '../../text/span.ts';
import type { ScopeEvidence } from '../project.ts';

/** Files of any project in the workspace that may name the registry of a scope. */
export interface ScopeSources {
  readonly policies: readonly Policy[];
  readonly npmrcs: readonly Npmrc[];
  readonly pnpmWorkspaces: readonly PnpmWorkspace[];
  readonly yarnrcs: readonly Yarnrc[];
  readonly bunfigs: readonly Bunfig[];
  readonly manifests: readonly Manifest[];
  /** Distinguishes private registries from the public one. */
  readonly config: Pick<NpmConfig, 'isOpen'>;
}

/**
 * Collects the registries of scopes in the workspace: from the policy first, then the package managers' files, then
 * publishConfig. Only registries other than the public one are evidence that a scope is private.
 */
export function scopeEvidenceIn(sources: ScopeSources): ReadonlyMap<string, readonly ScopeEvidence[]> {
  const evidence = new Map<string, ScopeEvidence[]>();
  const add = (item: ScopeEvidence) => {
    if (item.origin !== 'policy' && sources.config.isOpen(item.registry)) return;
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
        span: policy.rootSpan ?? START,
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
