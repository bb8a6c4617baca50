import { CODE_OWNERS_PATHS, readCodeOwners } from '../../core/read/project/code-owners.ts';
import { joinUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { PageInput } from '../../core/show/report/html/page-input.ts';
import type { FilesPort } from '../ports.ts';

/** Reads the CODEOWNERS file of a repository; undefined without one. */
export async function codeOwners(
  repository: Uri,
  files: Pick<FilesPort, 'read'>,
): Promise<PageInput['ownersOf']> {
  for (const path of CODE_OWNERS_PATHS) {
    const read = await files.read(joinUri(repository, path));
    if (read.type !== 'text') continue;
    const { ownersOf } = readCodeOwners(read.text);
    return (uri) => ownersOf(relativeUri(repository, uri));
  }
  return undefined;
}
