import { readNpmrc } from '../../core/read/config/npm/read-npmrc.ts';
import { MANAGERS } from '../../core/read/manager/managers.ts';
import {
  bunfigSecrets,
  npmrcSecrets,
  yarnrcSecrets,
} from '../../core/read/project/secrets/config-secrets.ts';
import type { Secret } from '../../core/read/project/secrets/secret.ts';
import { joinUri, nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import type { Ports } from '../ports.ts';
import { configReaders, loadConfigReaders } from '../projects/config-readers.ts';

/**
 * Returns the user's own configuration files, of all package managers, that hold a credential and that other users of this
 * machine can read.
 */
export async function secretsOpenToOthers(
  ports: Pick<Ports, 'files' | 'home' | 'userNpmrc' | 'environment'>,
): Promise<readonly Uri[]> {
  const { files } = ports;
  const found: Uri[] = [];
  for (const uri of userFiles(ports)) {
    if ((await files.isOpenToOthers?.(uri)) !== true) continue;
    const read = await files.read(uri);
    if (read.type === 'text' && [...(await secretsOf(uri, read.text))].length > 0) found.push(uri);
  }
  return found;
}

const XDG_FOLDER = '.config/';

function userFiles({
  home,
  userNpmrc,
  environment: { XDG_CONFIG_HOME: settings },
}: Pick<Ports, 'home' | 'userNpmrc' | 'environment'>): ReadonlySet<Uri> {
  const found = new Set(userNpmrc === undefined ? [] : [userNpmrc]);
  if (home === undefined) return found;
  for (const path of MANAGERS.flatMap(({ secrets }) => secrets.userFiles)) {
    const isMoved = path.startsWith(XDG_FOLDER) && settings?.startsWith('/') === true;
    found.add(
      isMoved ? joinUri('file:///', `${settings}/${path.slice(XDG_FOLDER.length)}`) : joinUri(home, path),
    );
  }
  return found;
}

async function secretsOf(uri: Uri, text: string): Promise<Iterable<Secret>> {
  const name = nameOf(uri);
  if (!/\.(?:yml|toml)$/.test(name)) return npmrcSecrets(readNpmrc(uri, text, 'user'));
  await loadConfigReaders();
  const readers = configReaders();
  if (readers === undefined) return [];
  return name.endsWith('.yml')
    ? yarnrcSecrets(readers.readYarnrc(uri, text, 'user'))
    : bunfigSecrets(readers.readBunfig(uri, text, 'user'));
}
