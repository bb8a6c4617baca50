import { canonicalRepository } from '../../lockfile/record/canonical-repository.ts';
import type { GitSpecifier } from '../../manifest/git-ref.ts';
import { parseWebUrl } from '../../text/paths/web-url.ts';
import { isSameRepository } from './locked-commit.ts';

/** Checks whether a lockfile's URL, possibly a code host's archive of a commit, belongs to the declared repository. */
export function leadsToRepository(specifier: GitSpecifier, address: string): boolean {
  if (repositoryOf(specifier.address) === repositoryOf(address)) return true;
  // Unknown code hosts have archives as well.
  const isArchive = /\/(?:-\/archive|archive|tar\.gz|get|repository)\//.test(address);
  const hosts = [specifier.address, address].map((text) =>
    parseWebUrl(text)?.host.replace(/^codeload\./, ''),
  );
  const resolved = { value: address, span: { start: 0, end: 0 } };
  return isArchive && hosts[0] === hosts[1] && isSameRepository(specifier, { resolved });
}

/** Strips the protocol and the user, which differ between equivalent URLs of a repository. */
export function repositoryOf(address: string): string {
  const [bare = ''] = address.split('#', 1);
  return canonicalRepository(bare)
    .repository.replace(/^[a-z][a-z\d+.-]*:\/\/(?:[^@/]*@)?/i, '')
    .replace(/:\d+(?=\/)/, '')
    .replace(/\.git$/i, '')
    .replace(/\/$/, '');
}
