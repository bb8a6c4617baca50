import { setBunScope } from '../../config/bun/edit-bunfig.ts';
import { setNpmrcKey } from '../../config/npm/edit-npmrc.ts';
import { setYarnScope } from '../../config/yarn/edit-yarnrc.ts';
import type { TextEdit } from '../../text/edit.ts';
import { joinUri, type Uri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';

/** How the registry of a scope is configured for a project's package manager. */
export interface ScopeRegistryEdit {
  readonly uri: Uri;
  /** The file's name, for messages. */
  readonly fileName: string;
  /** The written setting on one line, for messages. */
  readonly shown: string;
  readonly edits: readonly TextEdit[];
}

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
  const { root, manager, bunfig } = project;
  if (manager.name === 'yarn' && manager.yarn === 'berry') {
    const uri = joinUri(root, '.yarnrc.yml');
    const file = project.yarnrcs.find((item) => item.uri === uri);
    const edits = setYarnScope(file, scope, registry);
    const shown = `npmScopes.${scope.slice(1)}.npmRegistryServer: ${JSON.stringify(registry)}`;
    return edits === undefined ? undefined : { uri, fileName: '.yarnrc.yml', shown, edits };
  }
  if (manager.name === 'bun' && bunfig !== undefined) {
    const edits = setBunScope(bunfig, scope, registry);
    const shown = `${scope.slice(1)} = ${JSON.stringify(registry)}`;
    return edits === undefined ? undefined : { uri: bunfig.uri, fileName: 'bunfig.toml', shown, edits };
  }
  const uri = joinUri(root, '.npmrc');
  const key = `${scope}:registry`;
  const edits = setNpmrcKey(text(uri), key, registry);
  return { uri, fileName: '.npmrc', shown: `${key}=${registry}`, edits };
}
