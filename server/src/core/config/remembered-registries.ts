import { remember } from '../text/remember.ts';
import { scopeOf } from '../text/scope-of.ts';
import type { NpmConfig, RegistryChoice } from './npm/npm-config.ts';

/** The same configuration, which finds out once for each scope and address what rules ask for each dependency. */
export function rememberedRegistries(config: NpmConfig): NpmConfig {
  const byScope = new Map<string | undefined, RegistryChoice>();
  const withheld = new Map<string, boolean>();
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
      const key = `${url} ${name === undefined ? '' : (scopeOf(name) ?? '-')}`;
      const known = withheld.get(key) ?? config.withholdsCredential(url, name);
      withheld.set(key, known);
      return known;
    },
    isPublic: remember(500, config.isPublic),
    isOpen: remember(500, config.isOpen),
  };
}
