import { isSbomName } from '../../core/read/sbom/sbom-file.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import { loadSbomReader } from './sbom-reader.ts';

/** More are not the project's own. */
const MOST_FILES = 10;

/** Loads the bills of materials in a project's root, and returns those that exist. */
export async function loadComparedSboms(
  root: Uri,
  fileNames: ReadonlySet<string>,
  store: FileStore,
): Promise<readonly Uri[]> {
  const uris = [...fileNames]
    .map((name) => joinUri(root, name))
    .filter(isSbomName)
    .sort()
    .slice(0, MOST_FILES);
  if (uris.length === 0) return [];
  await Promise.all([loadSbomReader(), ...uris.map((uri) => store.load(uri))]);
  return uris;
}
