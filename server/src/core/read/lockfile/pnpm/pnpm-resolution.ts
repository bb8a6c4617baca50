import type { Located } from '../../text/span.ts';
import type { LockSource } from '../model/lockfile.ts';
import { isArchivePath, isLocalPath } from '../record/local-path.ts';
import {
  childrenOf,
  locatedScalar,
  memberOf,
  NONE,
  type Node,
  scalarOf,
  scalarsOf,
  type YamlTape,
} from './yaml-tape.ts';

/** A download for one kind of machine, for packages with several: pnpm's own and runtimes such as Node. */
export interface PnpmVariant {
  readonly url: Located<string> | undefined;
  readonly integrity: Located<string> | undefined;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
}

/** The members of `resolution` that hold a URL or path. */
const ADDRESSES = ['tarball', 'repo', 'directory', 'url'];

/** Returns the token of the URL or path that a package is fetched from; `NONE` for the configured registry. */
export function addressNode(tape: YamlTape, resolution: Node): Node {
  for (const name of ADDRESSES) {
    const found = memberOf(tape, resolution, name);
    if (found !== NONE) return found;
  }
  return NONE;
}

/** Returns the source of a package. `hasVersion`: its key is a name and a version, so that it is from a registry. */
export function sourceOfResolution(tape: YamlTape, resolution: Node, hasVersion: boolean): LockSource {
  const type = scalarOf(tape, memberOf(tape, resolution, 'type'));
  switch (type) {
    case 'git':
      return 'git';
    case 'directory':
      return 'directory';
    case 'binary':
    case 'variations':
      return 'tarball';
  }
  if (memberOf(tape, resolution, 'directory') !== NONE) return 'directory';
  if (memberOf(tape, resolution, 'repo') !== NONE) return 'git';
  const tarball = scalarOf(tape, memberOf(tape, resolution, 'tarball'));
  if (tarball === undefined) return 'registry';
  if (/^file:/i.test(tarball)) return 'file';
  // A path that begins with a slash is on the registry's host.
  if (isLocalPath(tarball) && !/^[/\\]/.test(tarball)) return isArchivePath(tarball) ? 'file' : 'directory';
  if (scalarOf(tape, memberOf(tape, resolution, 'gitHosted')) === 'true') return 'git';
  if (isArchiveOfGit(tarball)) return 'git';
  return hasVersion ? 'registry' : 'tarball';
}

/** Returns the commit of a git package: from `commit`, or from a code host's archive of it. */
export function commitOfResolution(tape: YamlTape, resolution: Node): string | undefined {
  const commit = scalarOf(tape, memberOf(tape, resolution, 'commit'));
  if (commit !== undefined) return commit;
  const tarball = scalarOf(tape, memberOf(tape, resolution, 'tarball')) ?? '';
  return /[/=]([0-9a-f]{40}|[0-9a-f]{64})(?:\.tar\.gz)?$/.exec(tarball)?.[1];
}

/** Returns the downloads of a package that has one for each kind of machine. */
export function variantsOf(tape: YamlTape, resolution: Node): readonly PnpmVariant[] {
  const variants: PnpmVariant[] = [];
  for (const item of childrenOf(tape, memberOf(tape, resolution, 'variants'))) {
    const inner = memberOf(tape, item, 'resolution');
    const targets = [...childrenOf(tape, memberOf(tape, item, 'targets'))];
    const listOf = (name: string) =>
      targets.flatMap((target) => scalarsOf(tape, memberOf(tape, target, name)));
    variants.push({
      url: locatedScalar(tape, addressNode(tape, inner)),
      integrity: locatedScalar(tape, memberOf(tape, inner, 'integrity')),
      os: listOf('os'),
      cpu: listOf('cpu'),
    });
  }
  return variants;
}

/** Checks for the URLs by which pnpm fetches a repository of a code host without git. */
function isArchiveOfGit(url: string): boolean {
  const isHost =
    url.startsWith('https://codeload.github.com/') ||
    url.startsWith('https://bitbucket.org/') ||
    url.startsWith('https://gitlab.com/');
  return isHost && url.includes('tar.gz');
}
