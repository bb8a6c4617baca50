import { memberNamesOf } from '../../../read/project/members/members.ts';
import type { Project } from '../../../read/project/project.ts';
import { askProject } from './ask-project.ts';

const SENT = { online: true, trusted: true };

/**
 * Returns a function that checks whether a name would disclose a private one that it was made from, such as
 * `acme-billing` from `@acme/billing`: if that one is served by another registry, or may be sent to none. Packages of the workspace may be published under their names.
 */
export function privateDisclosure(project: Project): (name: string, madeFrom: string) => boolean {
  const unpublished = [...project.members.values()].filter((member) => member.private);
  const memberNames = memberNamesOf(new Map(unpublished.map((member) => [member.uri, member])));
  const published: Project = { ...project, memberNames };
  return (name, madeFrom) => {
    const { registry, permission } = askProject(published, madeFrom, SENT);
    if (!permission.allowed) return true;
    const isPrivate = !project.npmConfig.isOpen(registry.url);
    return isPrivate && registry.url !== askProject(published, name, SENT).registry.url;
  };
}
