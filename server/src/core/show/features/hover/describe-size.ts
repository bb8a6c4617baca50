import type { PackumentVersion } from '../../../know/registry/documents/packument.ts';
import { plural } from '../../../read/text/words/words.ts';

const UNITS = ['kB', 'MB', 'GB'] as const;

/** Formats bytes with two or three digits: "940 bytes", "12 kB", "3.4 MB". */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte');
  let size = bytes / 1000;
  let unit = 0;
  for (; size >= 999.5 && unit < UNITS.length - 1; unit++) size /= 1000;
  return `${size < 9.95 ? Number(size.toFixed(1)) : Math.round(size)} ${UNITS[unit]}`;
}

/** Formats the contents of a version: "3 dependencies, 1 optional · 12 kB in 8 files". */
export function describeContent(version: PackumentVersion): string {
  const { dependencies, optionalDependencies, peerDependencies, unpackedSize, fileCount } = version;
  const brought = [
    dependencies.size === 0 ? 'no dependencies' : plural(dependencies.size, 'dependency', 'dependencies'),
    optionalDependencies.size === 0 ? '' : `${optionalDependencies.size} optional`,
    peerDependencies.size === 0 ? '' : plural(peerDependencies.size, 'peer'),
  ].filter((part) => part !== '');
  const files = fileCount === undefined ? '' : ` in ${plural(fileCount, 'file')}`;
  const size = unpackedSize === undefined ? '' : ` · ${formatSize(unpackedSize)}${files}`;
  return `${brought.join(', ')}${size}`;
}
