import { networkOr } from '../../config/network-settings.ts';
import type { RegistryChoice } from '../../config/npm/npm-config.ts';
import { pnpmNetwork } from '../../config/pnpm/pnpm-network.ts';
import { pnpmRegistries as registriesInWorkspace } from '../../config/pnpm/pnpm-registries.ts';
import { scopedToken } from '../../config/pnpm/scoped-token.ts';
import type { RegistrySupport } from '../model/registries.ts';
import { linesInNpmrc, npmRegistries } from '../npm/registries.ts';
import { firstBroken, unscopedByNpm } from '../registry-settings.ts';

/** `registries` of pnpm-workspace.yaml take precedence over .npmrc files, and environment variables over both. */
export const pnpmRegistries: RegistrySupport = {
  shownFiles: '.npmrc or pnpm-workspace.yaml',
  // Since pnpm 10.9; earlier versions cannot install from it.
  builtInScopes: ['@jsr'],
  overlay(npm, { pnpmWorkspace, trusted }) {
    const own = registriesInWorkspace(pnpmWorkspace, trusted);
    const isOfEnvironment = (found: RegistryChoice | undefined) => found?.source.type === 'environment';
    return {
      scopeMapping(scope) {
        const found = npm.scopeMapping(scope);
        return isOfEnvironment(found) ? found : (own.scoped(scope) ?? found);
      },
      unscoped() {
        const found = unscopedByNpm(npm);
        return isOfEnvironment(found) ? found : (own.unscoped() ?? found);
      },
      credential: own.credential,
      scopedCredential: (url, scope) => scopedToken(npm, url, scope, trusted),
      npmCredentials: true,
    };
  },
  refusedFile: ({ pnpmWorkspace }) => firstBroken([pnpmWorkspace]),
  network(url, npm, { pnpmWorkspace, trusted }, options) {
    const ofNpm = npm.network(url, options);
    const isBelieved = trusted && !options.ofUser;
    return isBelieved && pnpmWorkspace !== undefined
      ? networkOr(pnpmNetwork(url, pnpmWorkspace), ofNpm)
      : ofNpm;
  },
  *ownLines(settings, scope) {
    const { pnpmWorkspace } = settings;
    const key = scope ?? 'default';
    const value = pnpmWorkspace?.registries.findLast((entry) => entry.key.value === key)?.value;
    if (pnpmWorkspace !== undefined && value !== undefined) {
      yield { uri: pnpmWorkspace.uri, value: { value: value.text, span: value.span } };
    }
    yield* linesInNpmrc(settings, scope);
  },
  writeScope: npmRegistries.writeScope,
};
