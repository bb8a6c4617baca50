import { sep } from 'node:path';

/** Returns whether a path of this platform is the folder itself or lies below it. */
export function isPathWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
