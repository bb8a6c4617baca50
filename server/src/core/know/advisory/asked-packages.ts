import type { Credential } from '../../read/config/npm/npm-config.ts';
import type { Project } from '../../read/project/project.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { type AskSettings, askProject, askStatistics } from '../registry/access/ask-project.ts';
import type { Unavailable } from '../registry/documents/fact.ts';
import type { PackageVersions } from './locked-packages.ts';

/** Packages whose advisories are requested from one registry: it serves them, so it knows their names. */
export interface AskedGroup {
  /** The registry's URL. */
  readonly registry: string;
  /** The one configured for it; a scope may have its own. */
  readonly credential: Credential | undefined;
  readonly packages: PackageVersions;
}

/** Packages that must not be requested from anyone, for one reason. */
export interface WithheldPackages extends Unavailable {
  readonly count: number;
}

/** Which registry may be queried for which packages of a project. */
export interface AskedPackages {
  /** In the order of the first name that each serves. */
  readonly groups: readonly AskedGroup[];
  readonly withheld: readonly WithheldPackages[];
  /** The number of packages, excluding those of the project itself. */
  readonly total: number;
  /** The packages of the public registry itself: only these names are public. Computed on demand. */
  readonly publicPackages: PackageVersions;
}

/** Checks `mayAsk` for each package; makes no decisions of its own. */
export function askedPackages(
  project: Project,
  packages: PackageVersions,
  settings: AskSettings,
  wantsPublic: boolean,
): AskedPackages {
  const groups = new Map<string, AskedGroup & { readonly packages: Map<string, readonly string[]> }>();
  const credentialOf = credentials(project);
  const withheld = new Map<string, WithheldPackages>();
  const publicPackages = new Map<string, readonly string[]>();
  let total = 0;
  for (const [name, versions] of packages) {
    // Nobody else needs the results for a package of the project itself.
    if (project.memberNames.has(name)) continue;
    total++;
    const { registry, permission } = askProject(project, name, settings);
    if (!permission.allowed) {
      const { reason, detail } = permission;
      const known = withheld.get(reason);
      withheld.set(reason, { reason, detail: known?.detail ?? detail, count: (known?.count ?? 0) + 1 });
      continue;
    }
    const { key, credential } = credentialOf(registry.url, name);
    const group = groups.get(key) ?? { registry: registry.url, credential, packages: new Map() };
    group.packages.set(name, versions);
    groups.set(key, group);
    if (wantsPublic && askStatistics(project, name, settings).allowed) publicPackages.set(name, versions);
  }
  return { groups: [...groups.values()], withheld: [...withheld.values()], total, publicPackages };
}

/** Looks up credentials once for each registry and scope: nothing else in a name decides. */
function credentials({ npmConfig }: Project) {
  const known = new Map<string, { readonly key: string; readonly credential: Credential | undefined }>();
  return (url: string, name: string) => {
    const asked = `${url} ${scopeOf(name) ?? ''}`;
    let found = known.get(asked);
    if (found === undefined) {
      const credential = npmConfig.credentialFor(url, name);
      found = { key: `${url} ${JSON.stringify(credential ?? null)}`, credential };
      known.set(asked, found);
    }
    return found;
  };
}
