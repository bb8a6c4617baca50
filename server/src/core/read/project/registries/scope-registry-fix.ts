import type { Fix } from '../../text/finding.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';
import { writeScopeRegistry } from './write-scope-registry.ts';

/**
 * Returns a fix that writes the registry of a scope (with its @) into the project's configuration, if known; otherwise
 * the editor has to ask. Undefined if the present text cannot be added to.
 */
export function scopeRegistryFix(
  project: Project,
  scope: string,
  registry: string | undefined,
  text: (uri: Uri) => string | undefined,
): Fix | undefined {
  if (registry === undefined) return askWhich(scope);
  const written = writeScopeRegistry(project, scope, registry, text);
  if (written === undefined) return undefined;
  const { uri, fileName, shown, edits } = written;
  return {
    title: `Add ${shown} to ${fileName}`,
    applicability: 'unsafe',
    effect: { type: 'registry' },
    edits: edits.map((edit) => ({ uri, ...edit })),
  };
}

/** Nothing in the workspace names the URL. Without a command to run, the editor asks the user for it. */
function askWhich(scope: string): Fix {
  return {
    title: `Configure the registry of ${scope}…`,
    applicability: 'display-only',
    edits: [],
    effect: { type: 'registry' },
  };
}
