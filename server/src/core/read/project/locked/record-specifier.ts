import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';
import type { ManifestDependency } from '../../manifest/manifest.ts';
import type { FileEdit } from '../../text/finding.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';

export interface Recorded {
  readonly edits: readonly FileEdit[];
  /** Whether a frozen install accepts the manifest's new text together with these edits. */
  readonly isComplete: boolean;
}

/**
 * Returns the changes to the lockfile when a manifest declares another specifier for the same package. npm checks only
 * whether the locked version satisfies it. pnpm and Bun keep a copy of the specifier, which is edited too. Yarn's keys
 * are made of the specifier, and are left to Yarn.
 */
export function recordSpecifier(
  { lockfile, lockfiles, members }: Project,
  manifest: Uri,
  { name, section, declared }: Pick<ManifestDependency, 'name' | 'section' | 'declared'>,
  text: string,
): Recorded {
  if (lockfile === undefined) return { edits: [], isComplete: lockfiles.length === 0 };
  const { commands, lockfile: facts } = specOfLockfile(lockfile.format);
  if (commands.compares === 'versions') return { edits: [], isComplete: true };
  const path = members.get(manifest)?.path;
  const importer = path === undefined ? undefined : lockfile.importers.get(path);
  const edge = importer?.edges.find(
    (item) => item.name === name && item.section === section && item.specifier.value === declared,
  );
  if (edge === undefined || facts.keyedBySpecifier) return { edits: [], isComplete: false };
  const { span } = edge.specifier;
  const quote = lockfile.text[span.start];
  const newText = quote === '"' ? JSON.stringify(text) : quote === "'" ? `'${text}'` : text;
  return { edits: [{ uri: lockfile.uri, span, newText }], isComplete: true };
}
