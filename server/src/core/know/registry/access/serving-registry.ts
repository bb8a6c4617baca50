import { isAtOrBelow } from '../../../read/config/address-below.ts';
import type { NpmConfig } from '../../../read/config/npm/npm-config.ts';
import type { Policy } from '../../../read/policy-file/policy.ts';
import type { Project } from '../../../read/project/project.ts';
import { scopeOf } from '../../../read/text/paths/scope-of.ts';
import { hostAndPort, isSameHost, parseWebUrl } from '../../../read/text/paths/web-url.ts';

/** The registry that serves a name in a project. */
export interface ServingRegistry {
  /**
   * public: the public registry itself, whose responses have a known meaning. mirror: one that the project declares to
   * serve the same packages, though perhaps not all of them, nor all metadata. private: any other.
   */
  readonly kind: 'public' | 'mirror' | 'private';
  /** For messages: "the public registry", or the host. */
  readonly words: string;
}

export const PUBLIC = 'the public registry';

/** Names of one scope share a registry. */
const known = new WeakMap<
  NpmConfig,
  { readonly policy: Policy; readonly byScope: Map<string, ServingRegistry> }
>();

export function servingRegistry(project: Project, name: string): ServingRegistry {
  const { npmConfig, policy } = project;
  let config = known.get(npmConfig);
  if (config?.policy !== policy) {
    config = { policy, byScope: new Map() };
    known.set(npmConfig, config);
  }
  const scope = scopeOf(name) ?? '';
  let found = config.byScope.get(scope);
  if (found === undefined) {
    found = describe(project, npmConfig.registryFor(name).url);
    config.byScope.set(scope, found);
  }
  return found;
}

function describe(project: Project, url: string): ServingRegistry {
  const kind = registryKind(project, url);
  const address = parseWebUrl(url);
  if (kind === 'public') return { kind, words: PUBLIC };
  return { kind, words: address === undefined ? 'its registry' : hostAndPort(address) };
}

/**
 * Returns the role of the registry at a URL for a project. Another host of the public registry counts as public as
 * well.
 */
export function registryKind(
  { npmConfig, policy }: Pick<Project, 'npmConfig' | 'policy'>,
  url: string,
): ServingRegistry['kind'] {
  if (!npmConfig.isOpen(url)) return 'private';
  if (!npmConfig.isPublic(url)) return 'mirror';
  if (isSameHost(url, npmConfig.publicRegistry)) return 'public';
  return policy.mirrors.some((mirror) => isAtOrBelow(mirror, url)) ? 'mirror' : 'public';
}
