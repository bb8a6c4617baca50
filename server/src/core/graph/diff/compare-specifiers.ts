import type { Lockfile } from '../../lockfile/lockfile.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { AlteredVersion } from './diff-types.ts';

/** Compares what members of the workspace declare that is no plain range. */
export function* compareSpecifiers(before: Lockfile, after: Lockfile): Generator<AlteredVersion> {
  for (const [path, importer] of after.importers) {
    const earlier = before.importers.get(path);
    if (earlier === undefined) continue;
    const old = new Map(earlier.edges.map(({ name, specifier }) => [name, specifier.value]));
    for (const { name, specifier } of importer.edges) {
      const [from, to] = [old.get(name), specifier.value];
      if (from === undefined || from === to || (isRange(from) && isRange(to))) continue;
      yield { name, version: undefined, what: 'specifier', from: path, before: from, after: to };
    }
  }
}

/** Yarn 2 and later write the protocol of the registry. */
function isRange(specifier: string): boolean {
  const { type } = readSpecifier('', specifier.replace(/^npm:(?=[\d^~<>=*xv])/, ''));
  return (
    type === 'version' || type === 'range' || type === 'tag' || type === 'catalog' || type === 'workspace'
  );
}
