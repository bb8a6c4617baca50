import { specOf } from '../../manager/managers.ts';
import type { OwnRegistryLine } from '../../manager/model/registries.ts';
import type { Project } from '../project.ts';

type Sources = Pick<Project, 'manager' | 'npmConfig' | 'pnpmWorkspace' | 'yarnrcs' | 'bunfig'>;

/** Returns the line of the project's own files for a scope (with its @), whatever this machine's files configure. */
export function ownScopeLine(project: Sources, scope: string): OwnRegistryLine | undefined {
  for (const line of specOf(project.manager).registries.ownLines(project, scope)) {
    if (line.value.value !== '' && line.value.value !== 'true') return line;
  }
  return undefined;
}

/** Returns their line for names without a scope of their own. */
export function ownDefaultLine(project: Sources): OwnRegistryLine | undefined {
  for (const line of specOf(project.manager).registries.ownLines(project, undefined)) return line;
  return undefined;
}
