import type { LockEntry } from '../../lockfile/model/lockfile.ts';
import { CONFIGURED_REGISTRY, type InstalledSource } from '../../lockfile/record/installed-source.ts';
import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import type { DiffOptions } from './diff-types.ts';

/** Names places so that one registry under two hosts compares equal. */
export class SourcePlaces {
  readonly #same: readonly string[];
  readonly #registryOf: NonNullable<DiffOptions['registryOf']>;

  constructor({ sameRegistries = [], registryOf = () => undefined }: DiffOptions) {
    this.#same = sameRegistries.map(baseOf).filter((base) => base !== undefined);
    this.#registryOf = registryOf;
  }

  /** Returns the identity of a source, in which equivalent registries have one name. */
  identityOf({ identity, url }: InstalledSource): string {
    if (url === undefined || !identity.startsWith(url.href)) return identity;
    const same = this.#same.find((base) => url.href.startsWith(base));
    return same === undefined ? identity : `${PUBLIC}${identity.slice(same.length)}`;
  }

  /**
   * Returns what stays the same across versions of a package: the registry, the repository, the folder. The configured
   * registry and the public one give the same text, because the URL of the latter stands for the former.
   */
  originOf(source: InstalledSource, entry: Pick<LockEntry, 'name' | 'version'>): string {
    const place = this.placeOf(source, entry);
    return this.#same.includes(place) ? CONFIGURED : place;
  }

  /**
   * Checks whether a source is what the entry would get without it: its tarball in the registry configured for it, at
   * exactly the standard path. The public registry's URL stands for the configured one, unless a scope has its own.
   */
  isConfigured(source: InstalledSource, { name, version }: Pick<LockEntry, 'name' | 'version'>): boolean {
    if (source.kind !== 'registry') return false;
    if (source.identity === CONFIGURED_REGISTRY.identity) return true;
    if (source.url === undefined || version === undefined || source.identity !== source.url.href)
      return false;
    const file = `${name}/-/${name.slice(name.lastIndexOf('/') + 1)}-${version.value}.tgz`;
    const base = source.url.href.endsWith(`/${file}`) ? source.url.href.slice(0, -file.length) : undefined;
    if (base === undefined) return false;
    const { url, isOfScope } = this.#registryOf(name) ?? { url: undefined, isOfScope: false };
    return baseOf(url) === base || (!isOfScope && this.#same.includes(base));
  }

  /** Returns the same as `originOf`, but for the public registry its own URL, if written. */
  placeOf(source: InstalledSource, { name, version }: Pick<LockEntry, 'name' | 'version'>): string {
    if (source.kind === 'git' && source.repository !== undefined) return source.repository;
    if (source.kind === 'unknown') return source.text?.value ?? source.identity;
    if (source.url === undefined) return source.kind === 'registry' ? CONFIGURED : source.identity;
    const { href, path } = source.url;
    const said = source.saidName ?? name;
    const end = href.indexOf(`/${said}/-/`);
    if (source.kind === 'registry' && path.includes('/-/') && end !== -1) {
      return href.slice(0, end + 1);
    }
    return version === undefined ? href : href.replaceAll(version.value, '*');
  }
}

/** Returns the base URL of a registry, with a trailing slash. */
function baseOf(registry: string | undefined): string | undefined {
  const href = registry === undefined ? undefined : canonicalUrl(registry)?.href;
  return href === undefined || href.endsWith('/') ? href : `${href}/`;
}

/** Not a scheme of any real URL. */
const PUBLIC = 'public-registry:';

/** The origin of packages from the configured registry. */
export const CONFIGURED = 'the configured registry';
