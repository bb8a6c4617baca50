import { networkOr } from '../../config/network-settings.ts';
import { setYarnScope } from '../../config/yarn/edit-yarnrc.ts';
import { berryNetwork, classicNetwork } from '../../config/yarn/yarn-network.ts';
import {
  berryRegistries as berryRegistriesIn,
  classicRegistries as classicRegistriesIn,
} from '../../config/yarn/yarn-registries.ts';
import type { Yarnrc } from '../../config/yarn/yarnrc.ts';
import { joinUri } from '../../text/paths/uri.ts';
import type { OwnRegistryLine, RegistrySupport } from '../model/registries.ts';
import { linesInNpmrc, npmRegistries } from '../npm/registries.ts';
import { behindNpm, believedFiles, firstBroken } from '../registry-settings.ts';

/**
 * Yarn 2 and later read no .npmrc. For network settings, the user's .npmrc fills in what Yarn leaves unset, and the
 * project's is ignored.
 */
export const berryRegistries: RegistrySupport = {
  shownFiles: '.yarnrc.yml',
  // Since Yarn 4.9; earlier versions cannot install from it.
  builtInScopes: ['@jsr'],
  overlay(npm, sources) {
    const { scoped, unscoped, credential } = berryRegistriesIn(sources, npm.publicRegistry);
    return { scopeMapping: scoped, unscoped, credential, npmCredentials: false };
  },
  refusedFile: ({ yarnrcs }) => firstBroken(ofDialect(yarnrcs, 'berry')),
  network(url, npm, sources, options) {
    const files = ofDialect(believedFiles(sources.yarnrcs, sources, options), 'berry');
    return networkOr(berryNetwork(url, files, sources.environment), npm.network(url, { ofUser: true }));
  },
  ownLines: ({ yarnrcs }, scope) => linesIn(ofDialect(yarnrcs, 'berry'), scope),
  writeScope({ root, yarnrcs }, scope, registry) {
    const uri = joinUri(root, '.yarnrc.yml');
    const file = yarnrcs.find((item) => item.uri === uri);
    const edits = setYarnScope(file, scope, registry);
    const shown = `npmScopes.${scope.slice(1)}.npmRegistryServer: ${JSON.stringify(registry)}`;
    return edits === undefined ? undefined : { uri, fileName: '.yarnrc.yml', shown, edits };
  },
};

/** In Yarn 1, .npmrc files take precedence for registries, and .yarnrc files for network settings. */
export const classicRegistries: RegistrySupport = {
  shownFiles: '.npmrc or .yarnrc',
  builtInScopes: [],
  overlay: (npm, sources) => behindNpm(npm, classicRegistriesIn(sources)),
  refusedFile: () => undefined,
  network(url, npm, sources, options) {
    const files = ofDialect(believedFiles(sources.yarnrcs, sources, options), 'classic');
    return networkOr(classicNetwork(url, files), npm.network(url, options));
  },
  *ownLines(settings, scope) {
    yield* linesInNpmrc(settings, scope);
    yield* linesIn(ofDialect(settings.yarnrcs, 'classic'), scope);
  },
  writeScope: npmRegistries.writeScope,
};

function ofDialect(yarnrcs: readonly Yarnrc[], wanted: Yarnrc['dialect']): readonly Yarnrc[] {
  return yarnrcs.filter(({ dialect }) => dialect === wanted);
}

function* linesIn(yarnrcs: readonly Yarnrc[], scope: string | undefined): Iterable<OwnRegistryLine> {
  for (const file of yarnrcs) {
    if (file.level !== 'project') continue;
    const entry =
      scope === undefined ? file.registry : file.scopes.findLast(({ key }) => `@${key?.value}` === scope);
    if (entry?.server !== undefined) yield { uri: file.uri, value: entry.server };
  }
}
