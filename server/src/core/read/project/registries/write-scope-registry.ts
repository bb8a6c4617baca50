import { specOf } from '../../manager/managers.ts';
import type { ScopeRegistryEdit } from '../../manager/model/registries.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';

/**
 * Edits of the root's own file: .yarnrc.yml for Yarn 2 and later, bunfig.toml where Bun has one, else .npmrc, which the
 * others read. `text` gives the present text of a file, undefined where it does not exist. Undefined where the present
 * text cannot be added to.
 */
export function writeScopeRegistry(
  project: Pick<Project, 'root' | 'manager' | 'yarnrcs' | 'bunfig'>,
  scope: string,
  registry: string,
  text: (uri: Uri) => string | undefined,
): ScopeRegistryEdit | undefined {
  return specOf(project.manager).registries.writeScope(project, scope, registry, text);
}
