import type { Project } from '../../../read/project/project.ts';

const known = new WeakMap<Project, Project>();

/**
 * Returns the project as used for requests: if its configuration file is not trusted, without the hosts and mirrors
 * that the file names. Findings still use them.
 */
export function askingProject(project: Project): Project {
  const { policy, npmConfig } = project;
  if (project.trustsPolicy || policy.mirrors.length + policy.allowedHosts.length === 0) return project;
  let asking = known.get(project);
  if (asking === undefined) {
    asking = {
      ...project,
      policy: { ...policy, mirrors: [], allowedHosts: [] },
      npmConfig: { ...npmConfig, ...npmConfig.withoutMirrors },
    };
    known.set(project, asking);
  }
  return asking;
}
