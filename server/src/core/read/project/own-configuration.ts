import { isWithin } from '../text/paths/uri.ts';
import type { Project } from './project.ts';

/**
 * Checks whether the project is below a trusted one without belonging to it, and has ignored files of its own that
 * would decide which registry is requested, with what credential, or how.
 */
export function hasUnusedConfiguration(project: Project): boolean {
  if (project.trust !== 'nested') return false;
  const { root, npmConfig, pnpmWorkspace, yarnrcs, bunfig } = project;
  const ofYarn = yarnrcs.filter(({ uri, level }) => level === 'project' && isWithin(root, uri));
  return (
    npmConfig.project?.entries.some(({ key }) => isOfConnection(key)) === true ||
    (pnpmWorkspace !== undefined && pnpmWorkspace.registries.length > 0) ||
    ofYarn.some(
      ({ registry, scopes, registries }) => describeHas(registry) || scopes.length + registries.length > 0,
    ) ||
    (bunfig !== undefined && (bunfig.registry !== undefined || bunfig.scopes.length > 0))
  );
}

function isOfConnection(key: string): boolean {
  return key.startsWith('//') || key.endsWith(':registry') || CONNECTION_KEYS.has(key);
}

const CONNECTION_KEYS: ReadonlySet<string> = new Set(['registry', 'proxy', 'https-proxy', 'ca', 'cafile']);

function describeHas({ server, authToken, authIdent }: Project['yarnrcs'][number]['registry']): boolean {
  return server !== undefined || authToken !== undefined || authIdent !== undefined;
}
