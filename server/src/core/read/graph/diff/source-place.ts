import type { LockEntry } from '../../lockfile/model/lockfile.ts';
import type { InstalledSource } from '../../lockfile/record/installed-source.ts';
import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import type { DiffOptions } from './diff-types.ts';

/** Names places so that those of one registry under two hosts are the same. */
export class SourcePlaces {
  readonly #same: readonly string[];

  constructor({ sameRegistries = [] }: DiffOptions) {
    this.#same = sameRegistries
      .map((url) => canonicalUrl(url)?.href)
      .filter((href) => href !== undefined)
      .map((href) => (href.endsWith('/') ? href : `${href}/`));
  }

  /** Returns the identity of a source, in which registries that are the same have one name. */
  identityOf({ identity, url }: InstalledSource): string {
    if (url === undefined || !identity.startsWith(url.href)) return identity;
    const same = this.#same.find((base) => url.href.startsWith(base));
    return same === undefined ? identity : `${PUBLIC}${identity.slice(same.length)}`;
  }

  /**
   * Returns what stays the same while a package gets other versions: the registry, the repository, the folder. Of the
   * configured registry and of the public one the same text, as the URL of the latter stands for the former.
   */
  originOf(source: InstalledSource, { name, version }: Pick<LockEntry, 'name' | 'version'>): string {
    if (source.kind === 'git' && source.repository !== undefined) return source.repository;
    if (source.kind === 'unknown') return source.text?.value ?? source.identity;
    if (source.url === undefined) return source.kind === 'registry' ? CONFIGURED : source.identity;
    const { href, path } = source.url;
    const said = source.saidName ?? name;
    const end = href.indexOf(`/${said}/-/`);
    if (source.kind === 'registry' && path.includes('/-/') && end !== -1) {
      const base = href.slice(0, end + 1);
      return this.#same.includes(base) ? CONFIGURED : base;
    }
    return version === undefined ? href : href.replaceAll(version.value, '*');
  }
}

/** No URL has such a scheme. */
const PUBLIC = 'public-registry:';

/** The origin of what comes from the registry that is configured. */
export const CONFIGURED = 'the configured registry';
