import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { Policy } from '../../core/read/policy-file/policy.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort } from '../ports.ts';
import { statedLicenses } from '../projects/installed-licenses.ts';

/** The licenses of installed packages, read only for projects whose policy asks for licenses. */
export interface InstalledLicenses {
  /** See `Project.installedLicenses`. */
  of(root: Uri): ReadonlyMap<string, string> | undefined;
  /** Forgets the projects that are gone. */
  keepOnly(roots: ReadonlySet<Uri>): void;
  /** Reads those of projects whose lockfile or policy changed. Returns whether any did. Never rejects. */
  read(projects: readonly Project[]): Promise<boolean>;
}

export function createInstalledLicenses(files: Pick<FilesPort, 'list' | 'read'>): InstalledLicenses {
  const states = new Map<
    Uri,
    { readonly lockfile: Lockfile; readonly licenses: ReadonlyMap<string, string> }
  >();
  return {
    of: (root) => states.get(root)?.licenses,
    keepOnly(roots) {
      for (const root of states.keys()) if (!roots.has(root)) states.delete(root);
    },
    async read(projects) {
      let isOther = false;
      for (const project of projects) {
        const { root, lockfile } = project;
        if (lockfile === undefined || !asksForLicenses(project)) {
          isOther = states.delete(root) || isOther;
          continue;
        }
        if (states.get(root)?.lockfile === lockfile) continue;
        const licenses = await statedLicenses(files, project, lockfile.entries).catch(() => undefined);
        if (licenses === undefined) continue;
        states.set(root, { lockfile, licenses });
        isOther = true;
      }
      return isOther;
    },
  };
}

function asksForLicenses({ policy, filePolicies }: Project): boolean {
  const asks = ({ deny, allow }: Policy) =>
    deny.length > 0 && [...deny, ...allow].some(({ license }) => license !== undefined);
  return asks(policy) || [...(filePolicies?.values() ?? [])].some(asks);
}
