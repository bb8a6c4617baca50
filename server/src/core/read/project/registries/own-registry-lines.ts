import { specOf } from '../../manager/managers.ts';
import type { OwnRegistryLine } from '../../manager/model/registries.ts';
import type { Project } from '../project.ts';

type Sources = Pick<Project, 'manager' | 'npmConfig' | 'pnpmWorkspace' | 'yarnrcs' | 'bunfig'>;

/** What the project's own files say of a scope (with its @), whatever this machine's say besides. */
export function ownScopeLine(project: Sources, scope: string): OwnRegistryLine | undefined {
  for (const line of specOf(project.manager).registries.ownLines(project, scope)) {
    if (line.value.value !== '' && line.value.value !== 'true') return line;
  }
  return undefined;
}

/** What they say of names without a scope of their own. */
export function ownDefaultLine(project: Sources): OwnRegistryLine | undefined {
  for (const line of specOf(project.manager).registries.ownLines(project, undefined)) return line;
  return undefined;
}
