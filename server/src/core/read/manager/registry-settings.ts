import type { NpmConfig, RegistryChoice } from '../config/npm/npm-config.ts';
import type { ManagerRegistries } from '../config/registry-choice.ts';
import { isBelieved } from '../config/yarn/yarn-registries.ts';
import type { Yarnrc } from '../config/yarn/yarnrc.ts';
import type { RegistryOverlay } from './model/registries.ts';
import type { RegistrySources } from './model/registry-sources.ts';

/** Returns the registry that .npmrc files configure for unscoped names. */
export function unscopedByNpm(npm: NpmConfig): RegistryChoice {
  // Any unscoped name.
  return npm.registryFor('a');
}

/** Returns an overlay in which .npmrc files take precedence over a package manager's own files, for each scope. */
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

/** Returns the files that are trusted to decide how requests travel. */
export function believedFiles<F extends Pick<Yarnrc, 'uri' | 'level'>>(
  files: readonly (F | undefined)[],
  sources: RegistrySources,
  { ofUser }: { readonly ofUser: boolean },
): readonly F[] {
  const trusted = sources.trusted && !ofUser;
  const trustsFile = ofUser ? undefined : sources.trustsFile;
  return files.filter((file) => file !== undefined && isBelieved(file, { trusted, trustsFile })) as F[];
}

/** Returns the first file with an unreadable part. */
export function firstBroken<F extends { readonly problems: readonly unknown[] }>(
  files: readonly (F | undefined)[],
): F | undefined {
  return files.find((file) => file !== undefined && file.problems.length > 0);
}
