import { bunNetwork } from '../../config/bun/bun-network.ts';
import { bunRegistries as registriesInBunfig, scopeNameOf } from '../../config/bun/bun-registries.ts';
import { setBunScope } from '../../config/bun/edit-bunfig.ts';
import { type NetworkSettings, networkOr } from '../../config/network-settings.ts';
import type { RegistrySupport } from '../model/registries.ts';
import { linesInNpmrc, npmRegistries } from '../npm/registries.ts';
import { behindNpm, believedFiles, firstBroken } from '../registry-settings.ts';

/** .npmrc files take precedence over bunfig.toml, for registries and for network settings. */
export const bunRegistries: RegistrySupport = {
  shownFiles: '.npmrc or bunfig.toml',
  builtInScopes: [],
  overlay: (npm, sources) => behindNpm(npm, registriesInBunfig(sources)),
  refusedFile: ({ bunfig, userBunfig }) => firstBroken([bunfig, userBunfig]),
  network(url, npm, sources, options) {
    const files = believedFiles([sources.bunfig, sources.userBunfig], sources, options);
    return networkOr(npm.network(url, options), { ...NOTHING, ...bunNetwork(files) });
  },
  *ownLines(settings, scope) {
    yield* linesInNpmrc(settings, scope);
    const { bunfig } = settings;
    const entry =
      scope === undefined ? bunfig?.registry : bunfig?.scopes.findLast((item) => scopeNameOf(item) === scope);
    if (bunfig !== undefined && entry?.url !== undefined) yield { uri: bunfig.uri, value: entry.url };
  },
  writeScope(project, scope, registry, text) {
    const { bunfig } = project;
    if (bunfig === undefined) return npmRegistries.writeScope(project, scope, registry, text);
    const edits = setBunScope(bunfig, scope, registry);
    const shown = `${scope.slice(1)} = ${JSON.stringify(registry)}`;
    return edits === undefined ? undefined : { uri: bunfig.uri, fileName: 'bunfig.toml', shown, edits };
  },
};

const NOTHING: NetworkSettings = {
  proxy: undefined,
  noProxy: undefined,
  ca: undefined,
  cafile: undefined,
  client: undefined,
  strictSsl: undefined,
  strictSslOfUser: undefined,
};
