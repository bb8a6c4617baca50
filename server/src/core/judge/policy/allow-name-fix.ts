import type { Project } from '../../read/project/project.ts';
import type { Fix } from '../../read/text/finding.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { allowName } from './edit-policy.ts';

/** Returns the fix that allows a name in the configuration file; undefined if that file is too broken to edit. */
export function allowNameFix(
  project: Project,
  text: (uri: Uri) => string | undefined,
  name: string,
): Fix | undefined {
  const edits = allowName(project, text, name, `checked: ${name} is the package that is meant`);
  if (edits === undefined) return undefined;
  return { title: `Allow the name "${name}" in dependency-hygiene.json`, applicability: 'unsafe', edits };
}

export function isAllowedName({ policy }: Pick<Project, 'policy'>, name: string): boolean {
  return policy.allowNames.some(({ value }) => value === name);
}
