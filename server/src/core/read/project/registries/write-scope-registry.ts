import { specOf } from '../../manager/managers.ts';
import type { ScopeRegistryEdit } from '../../manager/model/registries.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';

/**
 * Returns edits of the root's own file: .yarnrc.yml for Yarn 2 and later, bunfig.toml if Bun has one, otherwise .npmrc,
 * which the others read. `text` returns the present text of a file, undefined if it does not exist. Undefined if the
 * present text cannot be added to.
 */
export function writeScopeRegistry(
  project: Pick<Project, 'root' | 'manager' | 'yarnrcs' | 'bunfig'>,
  scope: string,
  registry: string,
  text: (uri: Uri) => string | undefined,
): ScopeRegistryEdit | undefined {
  return specOf(project.manager).registries.writeScope(project, scope, registry, text);
}
