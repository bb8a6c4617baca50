import type { Located } from '../../text/span.ts';
import { resolvedSource } from '../npm/npm-source.ts';
import {
  CONFIGURED_REGISTRY,
  gitSource,
  type InstalledSource,
  localSource,
} from '../record/installed-source.ts';
import { addressInFrom, readV1Version, sourceOfUrl } from './v1-source.ts';

/** The members of an entry of nested `dependencies` that decide its source. */
export interface NpmV1SourceMembers {
  /** Relative to the folder of its parent. */
  readonly folder: string;
  readonly written: Located<string> | undefined;
  readonly writtenResolved: Located<string> | undefined;
  readonly from: Located<string> | undefined;
}

/**
 * Returns the source that npm takes the package of an entry of nested `dependencies` from. Given one URL in `version`
 * and another in `resolved`, npm 6 and npm 7 choose differently, so that both count.
 */
export function npmV1Source(entry: NpmV1SourceMembers): InstalledSource {
  const { written, writtenResolved, from } = entry;
  const isUrl = written !== undefined && readV1Version(written.value).kind === 'address';
  const address = isUrl ? addressSource(written) : undefined;
  if (writtenResolved !== undefined && writtenResolved.value !== '') {
    const resolved = addressSource(writtenResolved);
    if (address === undefined || address.identity === resolved.identity) return resolved;
    return { ...address, identity: `${address.identity} or ${resolved.identity}` };
  }
  if (address !== undefined) return address;
  // Without a URL, npm 2 to 4 wrote the requested specifier.
  const asked = from === undefined ? undefined : addressInFrom(entry.folder, from.value);
  return asked === undefined ? CONFIGURED_REGISTRY : addressSource({ value: asked, span: from!.span });
}

function addressSource(address: Located<string>): InstalledSource {
  const source = resolvedSource(address);
  if (source.kind !== 'unknown') return source;
  switch (sourceOfUrl(address.value)) {
    case 'git':
      return gitSource(address);
    case 'file':
    case 'directory':
      return localSource(address);
    default:
      return source;
  }
}
