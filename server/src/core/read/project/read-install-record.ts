import { readLockfile } from '../lockfile/detect.ts';
import { requestedUrl } from '../lockfile/model/registry-base.ts';
import { readTarballUrl } from '../lockfile/model/tarball-url.ts';
import { readLocator } from '../lockfile/yarn-berry/locator.ts';
import type { LockfileKind } from '../manager/model/files.ts';
import type { InstallRecord } from '../manager/model/installs.ts';
import { parseJsonTree, propertyOf } from '../text/json/json-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { InstalledPackage } from './install-state.ts';

/** Returns the packages in a package manager's record of an install; undefined if it cannot be read as a whole. */
export function readInstallRecord(
  uri: Uri,
  text: string,
  form: InstallRecord['form'],
  format: LockfileKind,
): readonly InstalledPackage[] | undefined {
  switch (form) {
    case 'lockfile':
      return fromLockfile(uri, text, format);
    case 'locators':
      return fromLocators(text);
    case 'specifiers':
      return fromSpecifiers(text);
  }
}

function fromLockfile(uri: Uri, text: string, format: LockfileKind): readonly InstalledPackage[] | undefined {
  const record = readLockfile(uri, text, format);
  if (record.status !== 'checked') return undefined;
  return record.entries.map(({ key, name, alias, version, bundled }) => ({
    path: key.startsWith('node_modules/') ? key : undefined,
    ...{ name, folder: alias ?? name, version: version?.value, isBrought: bundled },
    linkedTo: undefined,
  }));
}

const LOCATOR = /^"?([^\s"][^"\n]*?)"?:$/;
const LOCATION = /^ +- "?([^"\n]+?)"?$/;

/** Reads `"a@npm:1.0.0":` with `locations`, each a path. */
function fromLocators(text: string): readonly InstalledPackage[] | undefined {
  if (!/^__metadata:/m.test(text)) return undefined;
  const packages: InstalledPackage[] = [];
  let locator: ReturnType<typeof readLocator>;
  for (const line of text.split('\n')) {
    const [, top] = LOCATOR.exec(line) ?? [];
    if (top !== undefined) locator = readLocator(top);
    const [, path] = LOCATION.exec(line) ?? [];
    if (path === undefined || locator === undefined || /(?:^|#)workspace:/.test(locator.reference)) continue;
    const { name, reference } = locator;
    const folder = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const version = /(?:^|#)npm:([^#:]+)$/.exec(reference)?.[1];
    packages.push({ path, folder, name, version, linkedTo: undefined, isBrought: false });
  }
  return packages;
}

const ANY_REGISTRY = 'https://registry.invalid/';

/** Reads the member `lockfileEntries`: the URL of each key of the lockfile. */
function fromSpecifiers(text: string): readonly InstalledPackage[] | undefined {
  const entries = propertyOf(parseJsonTree(text).root, 'lockfileEntries')?.value;
  if (entries?.type !== 'object') return undefined;
  return entries.members.flatMap(({ key, value }) => {
    const folder = key.slice(0, key.indexOf('@', 1));
    const url = value?.type === 'string' ? requestedUrl(value.value, ANY_REGISTRY) : undefined;
    if (folder === '') return [];
    const tarball = url === undefined ? undefined : readTarballUrl(url);
    return {
      ...{ path: undefined, folder, name: tarball?.name, version: tarball?.version },
      ...{ linkedTo: undefined, isBrought: false },
    };
  });
}
