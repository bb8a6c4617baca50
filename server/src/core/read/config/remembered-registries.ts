import { scopeOf } from '../text/paths/scope-of.ts';
import { remember } from '../text/remember.ts';
import type { NpmConfig, RegistryChoice } from './npm/npm-config.ts';

/** Wraps a configuration so that repeated lookups of rules are memoized by scope and URL. */
export function cachedRegistries(config: NpmConfig): NpmConfig {
  const byScope = new Map<string | undefined, RegistryChoice>();
  const withheld = new Map<string, boolean>();
  const fresh = new Map<string, boolean>();
  const { hasNewCredential } = config;
  return {
    ...config,
    registryFor(name) {
      const scope = scopeOf(name);
      const known = byScope.get(scope);
      if (known !== undefined) return known;
      const choice = config.registryFor(name);
      byScope.set(scope, choice);
      return choice;
    },
    withholdsCredential(url, name) {
      const key = keyOf(url, name);
      const known = withheld.get(key) ?? config.withholdsCredential(url, name);
      withheld.set(key, known);
      return known;
    },
    ...(hasNewCredential === undefined
      ? {}
      : {
          hasNewCredential(url, name) {
            const key = keyOf(url, name);
            const known = fresh.get(key) ?? hasNewCredential(url, name);
            fresh.set(key, known);
            return known;
          },
        }),
    isPublic: remember(500, config.isPublic),
    isOpen: remember(500, config.isOpen),
  };
}

function keyOf(url: string, name: string | undefined): string {
  return `${url} ${name === undefined ? '' : (scopeOf(name) ?? '-')}`;
}
