import type { Credential } from '../../read/config/npm/npm-config.ts';
import type { Project } from '../../read/project/project.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import { type AskSettings, askProject, askStatistics } from '../registry/access/ask-project.ts';
import type { Unavailable } from '../registry/documents/fact.ts';
import type { PackageVersions } from './locked-packages.ts';

/** Packages of which one registry is asked what is known against them: it serves them, so it knows their names. */
export interface AskedGroup {
  /** The registry's address. */
  readonly registry: string;
  /** The one that was written for it; a scope may have its own. */
  readonly credential: Credential | undefined;
  readonly packages: PackageVersions;
}

/** Packages of which nobody may be asked, for one reason. */
export interface WithheldPackages extends Unavailable {
  readonly count: number;
}

/** Who may be asked about which packages of a project. */
export interface AskedPackages {
  /** In the order of the first name that each serves. */
  readonly groups: readonly AskedGroup[];
  readonly withheld: readonly WithheldPackages[];
  /** How many packages there are, without those of the project itself. */
  readonly total: number;
  /** What the public registry itself serves: only these names are public. Looked for only where it is asked for. */
  readonly publicPackages: PackageVersions;
}

/** Puts the question of `mayAsk` for each package; nothing is decided here. */
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
    // Nobody else needs to know what is said of a package of the project's own.
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

/** Looks credentials up once for each registry and scope: nothing else of a name decides. */
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
