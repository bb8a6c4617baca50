import type { CatalogLine } from '../../read/config/catalog-line.ts';
import { targetOf } from '../../read/manifest/read-specifier.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import { catalogEntries } from '../../read/project/catalogs/catalog-entries.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import type { Project } from '../../read/project/project.ts';
import type { Uri } from '../../read/text/paths/uri.ts';

/** Returns the registry packages named by a file that rules need facts about. */
export function askedNames(file: CheckedFile, project: Project): ReadonlySet<string> {
  const { memberNames } = project;
  const names = new Set<string>();
  const add = (target: string | undefined, specifier: Specifier) => {
    if (target === undefined || memberNames.has(target)) return;
    if (FROM_REGISTRY.has(specifier.type)) names.add(target);
  };
  const addLines = (uri: Uri, lines: readonly CatalogLine[]) => {
    for (const { name, specifier } of catalogEntries(uri, lines, project)) {
      add(targetOf(name.value, specifier), specifier);
    }
  };
  switch (file.kind) {
    case 'manifest':
      for (const { target, specifier, declared, section } of file.dependencies) {
        if (declared !== undefined && section !== 'peerDependencies') add(target, specifier);
      }
      addLines(file.uri, file.catalogs);
      break;
    case 'pnpmWorkspace':
    case 'yarnrc':
      addLines(file.uri, file.catalogs);
      break;
    case 'lockfile':
      if (file !== project.lockfile) break;
      for (const { name } of askedEntries(project)) if (!memberNames.has(name)) names.add(name);
  }
  return names;
}

const FROM_REGISTRY: ReadonlySet<string> = new Set([
  'version',
  'range',
  'tag',
  'alias',
] satisfies Specifier['type'][]);
