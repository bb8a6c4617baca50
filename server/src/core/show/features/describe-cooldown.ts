import { managerTitle } from '../../read/manager/manager-title.ts';
import { type Cooldown, type CooldownSource, describeWait } from '../../read/project/manager/cooldown.ts';
import type { Project } from '../../read/project/project.ts';
import { isWithin, nameOf, relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import { formatDay } from '../../read/text/words/dates.ts';

/** Formats a cooldown with its source: "the cooldown of 3 days (minimumReleaseAge in pnpm-workspace.yaml)". */
export function describeCooldown({ root }: Pick<Project, 'root'>, coolDown: Cooldown): string {
  const { before, source } = coolDown;
  const length = before === undefined ? `of ${describeWait(coolDown)}` : `since ${formatDay(before)}`;
  return `the cooldown ${length} (${describeSource(root, source)})`;
}

function describeSource(root: Uri, source: CooldownSource): string {
  switch (source.type) {
    case 'configuration':
      return `${source.key} in ${describeFile(root, source.uri)}`;
    case 'environment':
      return `the variable ${source.variable}`;
    case 'policy':
      return source.uri === undefined
        ? 'fresh-version'
        : `fresh-version in ${describeFile(root, source.uri)}`;
    case 'manager':
      return `${managerTitle(source.manager)}'s own`;
    case 'default':
      return 'default';
  }
}

/** Formats a file, which may be the user's own, far from the project. */
function describeFile(root: Uri, uri: Uri): string {
  return isWithin(root, uri) ? relativeUri(root, uri) : nameOf(uri);
}
