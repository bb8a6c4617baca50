import { specOf } from '../../../read/manager/managers.ts';
import type { Project } from '../../../read/project/project.ts';
import type { Completion } from './completion.ts';
import type { ValuePlace } from './place.ts';

/** Returns values from the project itself: a catalog entry, or the workspace package. */
export function localCompletions(project: Project, { name, isCatalog }: ValuePlace): readonly Completion[] {
  if (isCatalog) return [];
  const items: Completion[] = [];
  for (const { catalog, name: own, declared } of project.catalogs.entries) {
    if (own !== name || project.catalogs.get(catalog, own) === undefined) continue;
    const value = catalog === 'default' ? 'catalog:' : `catalog:${catalog}`;
    if (!items.some((item) => item.value === value)) items.push(local(value, `${declared} in the catalog`));
  }
  if (project.memberNames.has(name)) {
    items.push(local(memberSpecifier(project), 'the package of this workspace'));
  }
  return items;
}

/** Returns the specifier with which one workspace member depends on another. npm and Yarn 1 have no protocol for it. */
export function memberSpecifier({ manager }: Pick<Project, 'manager'>): string {
  return specOf(manager).specifiers.memberSpecifier ?? '*';
}

function local(value: string, detail: string): Completion {
  return { label: value, detail, documentation: undefined, value, kind: 'range', deprecated: false };
}
