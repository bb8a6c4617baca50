import { isBesideName } from '../../core/judge/changes/beside-projects.ts';
import { mainFiles, namedPrograms } from '../../core/judge/changes/named-programs.ts';
import { isWithin, nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import { checkedFilesOf } from '../projects/project-files.ts';
import { CONFIGURATION_NAMES, readConfiguration } from '../projects/read-configuration.ts';
import type { BaseSearch } from './base-search.ts';
import { besideFiles } from './beside-configuration.ts';

/** Returns the folder and the roots of its projects that lie above it. */
export function searchRoots({ folder, projects }: BaseSearch): ReadonlySet<Uri> {
  const above = projects.map(({ root }) => root).filter((root) => !isWithin(folder, root));
  const outermost = above.filter((root) => !above.some((other) => other !== root && isWithin(other, root)));
  return new Set(outermost.some((root) => isWithin(root, folder)) ? outermost : [folder, ...outermost]);
}

export interface NamedFiles {
  /** Maps each file to the first one that names it. */
  readonly named: ReadonlyMap<Uri, Uri>;
  readonly mains: ReadonlyMap<Uri, readonly Uri[]>;
}

/** Returns the files that manifests and configuration of the projects name. */
export async function namedIn({ projects, store }: BaseSearch): Promise<NamedFiles> {
  const named = new Map<Uri, Uri>();
  const mains = new Map<Uri, readonly Uri[]>();
  for (const uri of new Set(projects.flatMap((project) => [...checkedFilesOf(project)]))) {
    const name = nameOf(uri);
    const text = name === 'package.json' || CONFIGURATION_NAMES.has(name) ? store.textOf(uri) : undefined;
    const file =
      name === 'package.json'
        ? store.parsed('manifest', uri, undefined)
        : text === undefined
          ? undefined
          : await readConfiguration(uri, text);
    for (const program of file === undefined ? [] : namedPrograms(file)) {
      if (program.as !== 'main') {
        if (!named.has(program.uri)) named.set(program.uri, uri);
        continue;
      }
      const read = mains.has(program.uri) ? undefined : await store.load(program.uri);
      if (read?.type === 'text') mains.set(program.uri, mainFiles(program.uri, read.text));
      for (const main of mains.get(program.uri) ?? []) if (!named.has(main)) named.set(main, uri);
    }
  }
  return { named, mains };
}

export interface NamedBeside {
  readonly file: Uri;
  readonly root: Uri;
  readonly key: string;
}

/**
 * Returns the files named in configuration beside the projects' own, with that configuration file and the project that
 * reads it.
 */
export async function namedBeside(search: BaseSearch): Promise<ReadonlyMap<Uri, NamedBeside>> {
  const { git, projects, store } = search;
  const named = new Map<Uri, NamedBeside>();
  for (const folder of searchRoots(search)) {
    const now = await git?.indexBelow?.(folder, isBesideName).catch(() => undefined);
    if (now?.type !== 'index') continue;
    for (const { uri: file, root } of besideFiles(now.files, projects)) {
      const read = await store.load(file);
      const model = read.type === 'text' ? await readConfiguration(file, read.text) : undefined;
      for (const program of model === undefined ? [] : namedPrograms(model))
        if (!named.has(program.uri)) named.set(program.uri, { file, root, key: program.key });
    }
  }
  return named;
}
