import { setNpmrcKey } from '../../config/npm/edit-npmrc.ts';
import { joinUri } from '../../text/paths/uri.ts';
import type { ManagerSettings } from '../model/manager-settings.ts';
import type { OwnRegistryLine, RegistrySupport } from '../model/registries.ts';

export const npmRegistries: RegistrySupport = {
  shownFiles: '.npmrc',
  builtInScopes: [],
  overlay: undefined,
  refusedFile: () => undefined,
  network: (url, npm, _, options) => npm.network(url, options),
  ownLines: linesInNpmrc,
  writeScope({ root }, scope, registry, text) {
    const uri = joinUri(root, '.npmrc');
    const key = `${scope}:registry`;
    const edits = setNpmrcKey(text(uri), key, registry);
    return { uri, fileName: '.npmrc', shown: `${key}=${registry}`, edits };
  },
};

/** Returns the line of the project's .npmrc for a scope, or for the default registry. */
export function* linesInNpmrc(
  { npmConfig }: Pick<ManagerSettings, 'npmConfig'>,
  scope: string | undefined,
): Iterable<OwnRegistryLine> {
  const key = scope === undefined ? 'registry' : `${scope}:registry`;
  const file = npmConfig.project;
  const entry = file?.entries.findLast((item) => item.key === key);
  if (file !== undefined && entry !== undefined) {
    yield { uri: file.uri, value: { value: entry.value, span: entry.valueSpan } };
  }
}
