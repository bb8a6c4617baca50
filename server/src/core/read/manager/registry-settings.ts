import type { NpmConfig, RegistryChoice } from '../config/npm/npm-config.ts';
import type { ManagerRegistries } from '../config/registry-choice.ts';
import { isBelieved } from '../config/yarn/yarn-registries.ts';
import type { Yarnrc } from '../config/yarn/yarnrc.ts';
import type { RegistryOverlay } from './model/registries.ts';
import type { RegistrySources } from './model/registry-sources.ts';

/** Returns the registry that .npmrc files have for names without a scope. */
export function unscopedByNpm(npm: NpmConfig): RegistryChoice {
  // Any such name.
  return npm.registryFor('a');
}

/** Lays a package manager's own files behind .npmrc files, which come first for each scope. */
export function behindNpm(npm: NpmConfig, own: ManagerRegistries): RegistryOverlay {
  return {
    scopeMapping: (scope) => npm.scopeMapping(scope) ?? own.scoped(scope),
    unscoped() {
      const found = unscopedByNpm(npm);
      return found.source.type === 'default' ? (own.unscoped() ?? found) : found;
    },
    credential: own.credential,
    npmCredentials: true,
  };
}

/** Returns the files that may decide how requests travel. */
export function believedFiles<F extends Pick<Yarnrc, 'uri' | 'level'>>(
  files: readonly (F | undefined)[],
  sources: RegistrySources,
  { ofUser }: { readonly ofUser: boolean },
): readonly F[] {
  const trusted = sources.trusted && !ofUser;
  const trustsFile = ofUser ? undefined : sources.trustsFile;
  return files.filter((file) => file !== undefined && isBelieved(file, { trusted, trustsFile })) as F[];
}

/** Returns the first file of which a part cannot be read. */
export function firstBroken<F extends { readonly problems: readonly unknown[] }>(
  files: readonly (F | undefined)[],
): F | undefined {
  return files.find((file) => file !== undefined && file.problems.length > 0);
}
