import type { UncomparedFile } from './changed-programs.ts';

/**
 * Returns what should have been compared with the last commit and could not be: each file, and each repository once for
 * all its files.
 */
export function uncomparedWithHead(files: readonly UncomparedFile[]): readonly UncomparedFile[] {
  const found = new Map<string, UncomparedFile>();
  for (const file of files) {
    if (file.isExpected === true) continue;
    const uri = file.repository ?? file.uri;
    const key = JSON.stringify([uri, file.reason]);
    if (!found.has(key)) found.set(key, { ...file, uri });
  }
  return [...found.values()];
}
