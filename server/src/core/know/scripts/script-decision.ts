import semver from 'semver';
import type { NpmConfig } from '../../read/config/npm/npm-config.ts';
import { exactVersions, splitRegistryKey } from '../../read/manager/decision-key.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { readGit, type ScriptIdentity } from './script-identity.ts';

/** A project's decisions on install scripts: by key (`name`, `name@1.2.3`, `name@1.2.3 || 1.2.4`, a URL). */
export type ScriptPolicy = ReadonlyMap<string, boolean>;

/**
 * Returns the policy that npm follows: the root manifest's `allowScripts` if it has a valid key, otherwise the
 * approvals in `allow-scripts` of the .npmrc files. In a project, npm rejects that setting from the environment.
 */
export function scriptPolicyOf(
  rootManifest: Manifest | undefined,
  npmConfig: Pick<NpmConfig, 'get'>,
): ScriptPolicy {
  const policy = new Map<string, boolean>();
  let hasValidKey = false;
  for (const { key, allowed } of rootManifest?.allowScripts?.decisions ?? []) {
    if (!isValidKey(key)) continue;
    hasValidKey = true;
    if (allowed === undefined) policy.delete(key);
    else policy.set(key, allowed);
  }
  if (hasValidKey) return policy;
  const setting = npmConfig.get('allow-scripts');
  if (setting === undefined || setting.source.type !== 'file') return policy;
  for (const part of setting.value.split(/,|\n\n/)) {
    const key = part.trim();
    if (key !== '' && isValidKey(key)) policy.set(key, true);
  }
  return policy;
}

/** Checks whether the scripts are allowed or denied; undefined if there is no decision. A denial beats any approval. */
export function decisionFor(identity: ScriptIdentity, policy: ScriptPolicy): boolean | undefined {
  let allowed: true | undefined;
  for (const [key, value] of policy) {
    if (!matches(identity, key, !value)) continue;
    if (!value) return false;
    allowed = true;
  }
  return allowed;
}

/** npm ignores ranges and tags: they would approve what nobody has reviewed. */
function isValidKey(key: string): boolean {
  const parsed = splitRegistryKey(key);
  return (
    parsed === undefined || isAnyVersion(parsed.specifier) || exactVersions(parsed.specifier) !== undefined
  );
}

function isAnyVersion(specifier: string): boolean {
  return specifier === '' || specifier === '*';
}

/** @param unproven whether a version that the lockfile does not prove matches: for denials only */
function matches(identity: ScriptIdentity, key: string, unproven: boolean): boolean {
  switch (identity.type) {
    case 'registry': {
      const parsed = splitRegistryKey(key);
      if (parsed?.name !== identity.name) return false;
      if (isAnyVersion(parsed.specifier)) return true;
      if (identity.version === undefined) return unproven;
      const versions = exactVersions(parsed.specifier) ?? [];
      if (versions.length === 1) return versions[0] === identity.version;
      return versions.some((version) => semver.eq(version, identity.version!));
    }
    case 'git': {
      const git = splitRegistryKey(key) === undefined ? readGit(key) : undefined;
      if (git?.repository !== identity.repository) return false;
      return git.commit === undefined || (identity.commit?.startsWith(git.commit) ?? false);
    }
    case 'address':
      return key === identity.address;
  }
}
