import type { Project } from '../../core/read/project/project.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

const NAME = /(?:^|[._-])(?:s?bom|cdx|cyclonedx|spdx)(?:[._-].*)?\.(?:json|xml|spdx)$|\.spdx$/i;
/** A folder at the top that holds the files of several products. */
const FOLDER = /^\.?sboms?$/i;
const MOST_FILES = 20;

/** What an SBOM says of itself: CycloneDX as JSON or XML, SPDX as JSON, JSON-LD or tags. */
const CONTENT =
  /"bomFormat"\s*:\s*"CycloneDX"|<bom\s[^>]*cyclonedx|"spdxVersion"\s*:\s*"SPDX-|^SPDXVersion:\s*SPDX-|"type"\s*:\s*"SpdxDocument"/im;

/** Loads what may be an SBOM at the top of a repository, if one of the loaded policies asks for it. */
export async function loadSbomFiles(
  top: Uri,
  policies: Iterable<Uri>,
  store: FileStore,
): Promise<readonly Uri[] | undefined> {
  if (![...policies].some((uri) => store.textOf(uri)?.includes('"sbom"') === true)) return undefined;
  const found: Uri[] = [];
  for (const { name, type } of (await store.list(top)) ?? []) {
    const uri = joinUri(top, name);
    if (type === 'file' && NAME.test(name)) found.push(uri);
    if (type !== 'directory' || !FOLDER.test(name)) continue;
    for (const inner of (await store.list(uri)) ?? [])
      if (inner.type === 'file') found.push(joinUri(uri, inner.name));
  }
  const files = found.slice(0, MOST_FILES);
  await Promise.all(files.map((uri) => store.load(uri)));
  return files;
}

/** Returns whether one of the files is an SBOM. One that cannot be read may be. */
export function sbomIn({ sbomFiles }: ProjectFiles, store: FileStore): Project['sbom'] {
  if (sbomFiles === undefined) return 'unknown';
  const texts = sbomFiles.map((uri) => store.textOf(uri));
  if (texts.some((text) => text !== undefined && CONTENT.test(text))) return 'present';
  return texts.some((text) => text === undefined) ? 'unknown' : 'missing';
}
