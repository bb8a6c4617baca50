import { specOf } from '../../manager/managers.ts';
import { DEPENDENCY_SECTIONS, type Manifest } from '../../manifest/manifest.ts';
import { isGitIgnored } from '../../text/paths/git-ignore.ts';
import { nameOf } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import type { Project } from '../project.ts';

/** Returns the key of the first section with a registry dependency; undefined if there is nothing to lock. */
export function firstLockedSection(manifest: Manifest): Span | undefined {
  for (const section of DEPENDENCY_SECTIONS) {
    if (section === 'peerDependencies') continue;
    const present = manifest.sections.findLast((item) => item.section === section);
    const locked = present?.dependencies.some(
      ({ declared, specifier }) =>
        declared !== undefined && ['version', 'range', 'tag', 'alias', 'catalog'].includes(specifier.type),
    );
    if (locked === true) return present?.keySpan;
  }
  return undefined;
}

/** Returns the lockfile ignored by git if it ignores every existing or possible one. */
export function ignoredLockfile({ gitIgnore, lockfiles, manager }: Project): string | undefined {
  if (gitIgnore === undefined) return undefined;
  const own = specOf(manager).files.lockfiles[0]!.name;
  const names = lockfiles.length === 0 ? [own] : lockfiles.map(({ uri }) => nameOf(uri));
  return names.every((name) => isGitIgnored(gitIgnore.text, name)) ? names[0] : undefined;
}
