import { isWithin, relativeUri } from '../../../core/read/text/paths/uri.ts';
import { aboveConfiguration } from '../../../engine/base/above-configuration.ts';
import { createDiskFiles } from '../../disk-files.ts';
import type { GraphedDirectory } from '../graphed-lockfiles.ts';
import { type ConfigurationDiff, locatedChanges } from './changed-configuration.ts';
import { fileOf, namedFiles } from './program-diff.ts';

/** Compares what package managers read above the directory with a commit. */
export async function aboveDiff(
  found: Parameters<typeof namedFiles>[0] & GraphedDirectory,
  revision: string,
): Promise<ConfigurationDiff> {
  const { root, repository, below, git, configuration } = found;
  const { read } = createDiskFiles(() => [repository]);
  const own = new Set(configuration.map(({ uri }) => uri));
  const tops = found.projects.map((project) => project.root).filter((top) => isWithin(top, root));
  const named = await namedFiles({ ...found, root: repository }, read);
  const files: ConfigurationDiff['files'][number][] = [];
  const unknown: ConfigurationDiff['unknown'][number][] = [];
  const changes = aboveConfiguration({
    ...{ folder: root, bound: repository, projects: below, named: named.keys(), git, revision, read },
    isOwn: (uri) => own.has(uri) || tops.some((top) => top !== root && isWithin(top, uri)),
  });
  for await (const each of changes) {
    if ('reason' in each) {
      unknown.push({ path: relativeUri(root, each.uri), reason: each.reason });
      continue;
    }
    const { uri, state, settings } = each.change;
    const now = settings === undefined ? undefined : await read(uri);
    files.push(
      settings === undefined
        ? fileOf(root, each.change, named.get(uri))
        : {
            path: relativeUri(root, uri),
            file: state,
            changes: locatedChanges(settings, now?.type === 'text' ? now.text : undefined),
          },
    );
  }
  return { files, unknown };
}
