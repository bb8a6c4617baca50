import { compileGlob } from '../text/paths/glob.ts';

/** What images of a project can get from its folder. */
export interface BuildContext {
  /** The names of files in it that usually hold secrets. */
  readonly secrets: readonly string[];
  /** Ignore files for one Dockerfile each, such as `Dockerfile.dockerignore`. */
  readonly ownIgnores: readonly string[];
  /** The text of .dockerignore. */
  readonly ignore: string | undefined;
}

/** Checks whether a .dockerignore excludes a file at the top of the folder. The last line that matches decides. */
export function isDockerIgnored(text: string | undefined, name: string): boolean {
  let isIgnored = false;
  for (const line of (text ?? '').split('\n')) {
    const pattern = line.trim();
    if (pattern === '' || pattern.startsWith('#')) continue;
    const isException = pattern.startsWith('!');
    const glob = pattern.replace(/^!?\s*(?:\.?\/)*/, '').replace(/\/+$/, '');
    if (glob === '' || compileGlob(glob, { dot: true })?.matches(name) === true) isIgnored = !isException;
  }
  return isIgnored;
}
