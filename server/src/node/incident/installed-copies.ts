import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asObject, member } from '../../core/know/registry/documents/json-value.ts';
import type { InstalledCopy } from '../../core/show/report/incident/incident-report.ts';
import { crypto } from '../builtin-on-demand.ts';
import { readBoundedText } from '../files/read-bounded.ts';

const MAX_FILE = 4 * 1024 * 1024;

/** Where copies of a version may be on this machine. */
export interface MachinePlaces {
  /** The folder of npm's cache; undefined if there is none. */
  readonly npmCache: string | undefined;
  /** The public registry's URL, with a trailing slash. */
  readonly registry: string;
}

/**
 * Returns where a version is installed or cached, by looks that cost a few reads: the folder of that name in node_modules,
 * Yarn's cache in the project, and the index of npm's cache.
 */
export async function installedCopies(
  folder: string | undefined,
  version: LockedVersion,
  places: MachinePlaces,
): Promise<readonly InstalledCopy[]> {
  const found: InstalledCopy[] = [];
  if (folder !== undefined) {
    const path = join(folder, 'node_modules', ...version.name.split('/'));
    if ((await versionIn(join(path, 'package.json'))) === version.version)
      found.push({ place: 'node_modules', isShared: false, path });
    const archive = await archiveIn(join(folder, '.yarn', 'cache'), version);
    if (archive !== undefined) found.push({ place: 'cache', isShared: false, path: archive });
  }
  const cached =
    places.npmCache === undefined ? undefined : await npmCached(places.npmCache, version, places);
  if (cached !== undefined) found.push({ place: 'cache', isShared: true, path: cached });
  return found;
}

async function versionIn(path: string): Promise<unknown> {
  const text = await readBoundedText(path, { maxBytes: MAX_FILE }).catch(() => '');
  return member(asObject(parseJson(text)), 'version');
}

/** Yarn 2 and later name their archives after the package: `@a-b-npm-1.0.0-<hash>-<hash>.zip` for `@a/b`. */
async function archiveIn(cache: string, { name, version }: LockedVersion): Promise<string | undefined> {
  const names = await readdir(cache).catch(() => []);
  const start = `${name.replace('/', '-')}-npm-${version}-`;
  const found = names.find(
    (each) => each.startsWith(start) && /^[\da-f]+(?:-[\da-f]+)?\.zip$/.test(each.slice(start.length)),
  );
  return found === undefined ? undefined : join(cache, found);
}

/** The index of npm's cache has a file for each request, named after a hash of its key; the last line counts. */
async function npmCached(
  cache: string,
  { name, version }: LockedVersion,
  { registry }: MachinePlaces,
): Promise<string | undefined> {
  const tarball = `${registry}${name}/-/${name.slice(name.lastIndexOf('/') + 1)}-${version}.tgz`;
  const key = `make-fetch-happen:request-cache:${tarball}`;
  const hash = crypto().createHash('sha256').update(key).digest('hex');
  const path = join(cache, 'index-v5', hash.slice(0, 2), hash.slice(2, 4), hash.slice(4));
  const text = await readBoundedText(path, { maxBytes: MAX_FILE }).catch(() => '');
  const entries = text.split('\n').map((line) => asObject(parseJson(line.slice(line.indexOf('\t') + 1))));
  const last = entries.findLast((entry) => member(entry, 'key') === key);
  return typeof member(last, 'integrity') === 'string' ? path : undefined;
}
