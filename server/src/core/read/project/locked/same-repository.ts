import { canonicalRepository } from '../../lockfile/record/canonical-repository.ts';
import type { GitSpecifier } from '../../manifest/git-ref.ts';
import { parseWebAddress } from '../../text/paths/web-address.ts';
import { isSameRepository } from './locked-commit.ts';

/** Tells whether a lockfile's URL, or the archive that a code host makes of a commit, is of the declared repository. */
export function leadsToRepository(specifier: GitSpecifier, address: string): boolean {
  if (repositoryOf(specifier.address) === repositoryOf(address)) return true;
  // Code hosts that are not known have archives as well.
  const isArchive = /\/(?:-\/archive|archive|tar\.gz|get|repository)\//.test(address);
  const hosts = [specifier.address, address].map((text) =>
    parseWebAddress(text)?.host.replace(/^codeload\./, ''),
  );
  const resolved = { value: address, span: { start: 0, end: 0 } };
  return isArchive && hosts[0] === hosts[1] && isSameRepository(specifier, { resolved });
}

/** Without the protocol and the user, by which the same repository is had in several ways. */
export function repositoryOf(address: string): string {
  const [bare = ''] = address.split('#', 1);
  return canonicalRepository(bare)
    .repository.replace(/^[a-z][a-z\d+.-]*:\/\/(?:[^@/]*@)?/i, '')
    .replace(/:\d+(?=\/)/, '')
    .replace(/\.git$/i, '')
    .replace(/\/$/, '');
}
