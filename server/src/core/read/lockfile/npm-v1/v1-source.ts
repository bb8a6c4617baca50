import semver from 'semver';
import type { LockSource } from '../model/lockfile.ts';
import { sourceOfResolved } from '../npm/entry-source.ts';

/** The `version` of an entry: a version, an alias (`npm:real@1.0.0`), or a URL. */
export type V1Version =
  | { readonly kind: 'version' }
  /** `at` is the offset of the `@` before the version. */
  | { readonly kind: 'alias'; readonly at: number }
  | { readonly kind: 'address' };

const VERSION: V1Version = { kind: 'version' };
const ADDRESS: V1Version = { kind: 'address' };

export function readV1Version(text: string): V1Version {
  if (text.startsWith('npm:')) {
    const at = text.indexOf('@', 5);
    return at === -1 ? ADDRESS : { kind: 'alias', at };
  }
  return /[:/]/.test(text) ? ADDRESS : VERSION;
}

/** Finds the version in the URL of a tarball named after its package: `1.0.0` in `…/a-1.0.0.tgz`. */
export function versionInTarball(
  name: string,
  address: string,
): { readonly start: number; readonly end: number } | undefined {
  const prefix = `/${name.slice(name.indexOf('/') + 1)}-`;
  const at = address.lastIndexOf('/');
  if (!address.endsWith('.tgz') || !address.startsWith(prefix, at)) return undefined;
  const [start, end] = [at + prefix.length, address.length - '.tgz'.length];
  const version = address.slice(start, end);
  return semver.parse(version)?.version === version ? { start, end } : undefined;
}

/**
 * Returns where npm takes a package from. npm 2 to 4 also wrote paths without `file:`, and shorthands of git hosts.
 * @param address `resolved`, or a `version` that is a URL, or what `from` declares; undefined for a registry
 */
export function sourceOfUrl(address: string | undefined): LockSource {
  if (address === undefined || address === '') return 'registry';
  if (/^(?:bitbucket|gist|ssh):/.test(address) || address.startsWith('git@')) return 'git';
  if (/^[a-z][a-z+]+:/i.test(address)) return sourceOfResolved(address);
  if (TARBALL.test(address)) return 'file';
  return /^(?:\.{0,2}[/\\]|~\/|[a-z]:|\.{1,2}$)/i.test(address) ? 'directory' : 'git';
}

/** Returns what `from` (`name@specifier`, or a bare URL) declares, if that is a URL or a path. */
export function addressInFrom(name: string, from: string): string | undefined {
  const declared = from.startsWith(`${name}@`) ? from.slice(name.length + 1) : from;
  if (/^(?:git|bitbucket|gist|gitlab|ssh|file|https?)[a-z+]*:/.test(declared)) return declared;
  return /^\.{0,2}\//.test(declared) || TARBALL.test(declared) ? declared : undefined;
}

const TARBALL = /\.(?:tgz|tar\.gz|tar)$/i;
