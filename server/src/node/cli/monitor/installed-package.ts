import { join } from 'node:path';
import { readBoundedSync } from '../../files/read-bounded.ts';

const MAX_BYTES = 5 * 1024 * 1024;

/** Returns the name and version in a package's folder. In an archive, there is only the name of the folder. */
export function installedPackage(folder: string): {
  readonly name: string;
  readonly version: string | undefined;
} {
  const named = /[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)$/.exec(folder)?.[1] ?? folder;
  const found = manifestIn(folder);
  return {
    name: textOf(found?.name) ?? named.replaceAll('\\', '/'),
    version: textOf(found?.version),
  };
}

function manifestIn(folder: string): { readonly name?: unknown; readonly version?: unknown } | undefined {
  try {
    const { bytes } = readBoundedSync(join(folder, 'package.json'), MAX_BYTES);
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
