import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import type { DependencySection } from '../../../read/manifest/manifest.ts';
import type { Specifier } from '../../../read/manifest/specifier.ts';
import { redactUserinfo } from '../../../read/text/paths/web-url.ts';

export const OF_WORKSPACE = 'a package of this workspace';

/** Describes the source of a specifier; undefined for registries. */
export function describeSpecifier(specifier: Specifier, declared: string | undefined): string | undefined {
  const written = redactUserinfo(declared ?? '');
  switch (specifier.type) {
    case 'git':
      return `git: ${written}`;
    case 'remote':
      return `a URL: ${written}`;
    case 'file':
      return `a local file: ${written}`;
    case 'directory':
    case 'link':
    case 'portal':
      return `a local folder: ${written}`;
    case 'workspace':
      return OF_WORKSPACE;
    case 'patch':
    case 'exec':
    case 'jsr':
      return written;
    default:
      return undefined;
  }
}

/** Checks for a link, a member or the root. */
export function isOfWorkspace({ source }: LockEntry): boolean {
  return source === 'workspace' || source === 'link' || source === 'root';
}

/** Describes a section; `dependencies` needs no word. */
export function sectionKinds(section: DependencySection): readonly string[] {
  switch (section) {
    case 'dependencies':
      return [];
    case 'devDependencies':
      return ['development'];
    case 'optionalDependencies':
      return ['optional'];
    case 'peerDependencies':
      return ['peer'];
  }
}
