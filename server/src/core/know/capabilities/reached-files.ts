import { isSourceName } from '../../read/source/parse-source.ts';
import { mayBeCode } from './code-names.ts';
import { installStart } from './install-files.ts';
import { parseManifest } from './manifest.ts';
import { relativeLoads } from './scan/raw-text.ts';
import { relativePath } from './source-files.ts';

/** Returns the files that the manifest names as programs, entries, or what an install starts. */
export function namedFiles(files: ReadonlyMap<string, string>): readonly string[] {
  const { programs, entries, scripts } = parseManifest(files.get('package.json'));
  const start = installStart(scripts, files.get('binding.gyp'));
  return [...programs, ...(entries ?? []), ...start.files, ...start.direct];
}

/**
 * Returns the files, among those with names that are none of code, which the manifest names, or which a file loads as far as
 * that shows without a parse.
 *
 * @param from The files whose loads are followed.
 */
export function reachedFiles(
  files: ReadonlyMap<string, string>,
  others: ReadonlySet<string>,
  from: Iterable<string>,
): readonly string[] {
  const found = new Set(namedFiles(files));
  for (const path of from)
    if (isSourceName(path) || mayBeCode(path))
      for (const load of relativeLoads(files.get(path) ?? '')) found.add(relativePath(path, load));
  return [...found].filter((path) => others.has(path) && mayBeCode(path));
}
