import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { familyOf } from '../../lockfile/model/lockfile-family.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Specifier } from '../../manifest/specifier.ts';
import type { AlteredVersion } from './diff-types.ts';
import { withoutProtocol } from './without-protocol.ts';

/**
 * Compares the specifiers of workspace members that are not plain ranges, and the sections of names that they declare
 * once.
 */
export function* compareSpecifiers(before: Lockfile, after: Lockfile): Generator<AlteredVersion> {
  const isBerry = familyOf(after) === 'yarn-berry';
  for (const [path, importer] of after.importers) {
    const earlier = before.importers.get(path);
    if (earlier === undefined) continue;
    const old = new Map(earlier.edges.map(({ name, specifier }) => [name, specifier.value]));
    const [hadSections, hasSections] = [sectionsOf(earlier), sectionsOf(importer)];
    for (const [name, section] of hasSections) {
      const had = hadSections.get(name);
      if (had === undefined || section === undefined || had === section) continue;
      yield { name, version: undefined, what: 'section', from: path, before: had, after: section };
    }
    for (const { name, specifier } of importer.edges) {
      const [from, to] = [old.get(name), specifier.value];
      if (from === undefined || from === to || isOneKind(from, to, isBerry)) continue;
      yield { name, version: undefined, what: 'specifier', from: path, before: from, after: to };
    }
  }
}

/** Returns the section of each name; undefined for one in several sections. */
function sectionsOf({ edges }: LockEntry): ReadonlyMap<string, string | undefined> {
  const sections = new Map<string, string | undefined>();
  for (const { name, section } of edges) sections.set(name, sections.has(name) ? undefined : section);
  return sections;
}

/** Checks whether both are ranges of the same package, so that the versions show the change. */
function isOneKind(before: string, after: string, isBerry: boolean): boolean {
  const [from, to] = [before, after].map((text) => readSpecifier('', isBerry ? withoutProtocol(text) : text));
  if (from!.type === 'alias' && to!.type === 'alias') return from!.target === to!.target;
  return isRange(from!) && isRange(to!);
}

function isRange({ type }: Specifier): boolean {
  return (
    type === 'version' || type === 'range' || type === 'tag' || type === 'catalog' || type === 'workspace'
  );
}
