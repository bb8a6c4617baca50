import type { Located } from '../../text/span.ts';
import { readArchive } from '../record/canonical-repository.ts';
import type { InstalledPatch } from '../record/entry-details.ts';
import {
  archiveSource,
  CONFIGURED_REGISTRY,
  gitSource,
  type InstalledSource,
  localSource,
  namedSource,
  plainSource,
  unknownSource,
  urlSource,
} from '../record/installed-source.ts';
import { bindingsOf, type Locator, patchedLocator, pathOf, readLocator, urlIn } from './locator.ts';

/**
 * Returns the source that Yarn 2 and later take a package from; for a patched copy the source of the original.
 * @param text the whole `resolution`
 * @param version the entry's version, which may differ from the locator's
 */
export function berrySource(
  locator: Locator,
  text: Located<string>,
  version: string | undefined,
  nesting = 0,
): InstalledSource {
  const { name, kind, reference } = locator;
  switch (kind) {
    case 'npm':
      return npmSource(locator, text, version);
    case 'workspace':
      return plainSource('workspace', reference.slice('workspace:'.length), text);
    case 'link': {
      const link = localSource(text, pathOf(reference).replace(/^(?:link|portal):/, ''), 'link');
      // For a portal, Yarn installs the dependencies too.
      return bound(
        reference.startsWith('portal:') ? { ...link, identity: `${link.identity} portal` } : link,
        reference,
      );
    }
    case 'exec':
      return plainSource('exec', reference, text);
    case 'git':
      return withMore(gitSource(text, urlIn(locator)?.value ?? reference), reference, []);
    case 'tarball': {
      const address = urlIn(locator)?.value ?? reference;
      const source =
        readArchive(address) === undefined ? tarballSource(text, address) : archiveSource(text, address);
      return withMore(source, reference, ['__archiveUrl']);
    }
    case 'file':
      return bound(localSource(text, pathOf(reference)), reference);
    case 'patch': {
      const patched = nesting < MOST_NESTED ? patchedLocator(reference) : undefined;
      const inner = patched === undefined ? undefined : readLocator(patched);
      if (inner === undefined) return unknownSource(text, `${name}@${reference}`);
      // A patched copy has the version of its original, which Yarn writes once more.
      const more = bindingsOf(reference)
        .filter(([binding, value]) => binding !== 'hash' && (binding !== 'version' || value !== version))
        .map(([binding, value]) => ` ${binding}=${value}`);
      const source = berrySource(inner, text, version, nesting + 1);
      return more.length === 0
        ? source
        : { ...source, identity: `${source.identity}${more.sort().join('')}` };
    }
    case 'other':
      // From the plugin for conditions: it holds nothing but a choice of dependencies.
      if (reference.startsWith('condition:')) return plainSource('choice', reference, text);
      return unknownSource(text, `${name}@${reference}`);
  }
}

/** Returns the patches of a locator, outermost first: files, or names of Yarn's built-in ones. */
export function berryPatches({ reference }: Locator, text: Located<string>): readonly InstalledPatch[] {
  const patches: InstalledPatch[] = [];
  for (let rest: string | undefined = reference, nesting = 0; nesting < MOST_NESTED; nesting++) {
    const inner: string | undefined = rest === undefined ? undefined : patchedLocator(rest);
    if (rest === undefined || inner === undefined) break;
    const behind = rest.slice(rest.indexOf('#') + 1);
    const end = behind.indexOf('::');
    patches.push({
      path: end === -1 ? behind : behind.slice(0, end),
      hash: bindingsOf(rest).find(([name]) => name === 'hash')?.[1],
      text,
    });
    rest = readLocator(inner)?.reference;
  }
  return patches;
}

/** The depth to which locators of patched packages are followed. */
const MOST_NESTED = 5;

function npmSource(locator: Locator, text: Located<string>, version: string | undefined): InstalledSource {
  const { name, reference } = locator;
  const end = reference.indexOf('::');
  const asked = reference.slice('npm:'.length, end === -1 ? undefined : end);
  const archive = urlIn(locator)?.value;
  const source =
    archive !== undefined
      ? tarballSource(text, archive)
      : asked === version
        ? CONFIGURED_REGISTRY
        : namedSource(name, asked, text);
  return withMore(source, reference, ['__archiveUrl']);
}

function tarballSource(text: Located<string>, address: string): InstalledSource {
  const hash = address.indexOf('#');
  const source = urlSource(text, address);
  return hash === -1 ? source : { ...source, identity: `${source.identity}${address.slice(hash)}` };
}

/** A path is relative to the package that names it. */
function bound(source: InstalledSource, reference: string): InstalledSource {
  return withMore(source, reference, []);
}

/** Adds bindings that are not already part of the source. */
function withMore(source: InstalledSource, reference: string, counted: readonly string[]): InstalledSource {
  // Of two with the same name, it is uncertain which one counts.
  const left = new Set(counted);
  const more = bindingsOf(reference).filter(([name]) => !left.delete(name));
  if (more.length === 0) return source;
  const texts = more.map(([name, value]) => `${name}=${value}`).sort();
  return { ...source, identity: `${source.identity} ${texts.join('&')}` };
}
