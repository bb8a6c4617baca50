import type { Project } from '../../read/project/project.ts';
import type { Fix } from '../../read/text/finding.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { allowName } from './edit-policy.ts';

/** Says in the configuration file that a name is the right one; undefined where that file is too broken to add to. */
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
