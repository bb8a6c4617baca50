import { mkdir, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestLicense } from '../../core/read/sbom/manifest-license.ts';
import type { IncidentGap } from '../../core/show/report/incident/incident-report.ts';
import { incompleteBecause } from '../../core/show/sbom/written-sbom.ts';
import { replaceFile } from '../files/replace-file.ts';
import { fileNameOf } from './inventory-folder.ts';
import type { ReadLockfile } from './read-repository.ts';

/** Writes the bills of materials of one repository, a file for each lockfile. */
interface SbomFolder {
  /** Returns why the document may be incomplete. */
  add(read: ReadLockfile): Promise<readonly IncidentGap[]>;
  /** Removes those of lockfiles that are gone. */
  removeOthers(): Promise<void>;
}

const ENDING = '.cdx.json';

export async function writeSboms(folder: string, repository: string): Promise<SbomFolder> {
  const directory = join(folder, fileNameOf(repository));
  await mkdir(directory, { recursive: true });
  const written = new Set<string>();
  const { makeSbom, writeSbom } = await import('../../core/show/sbom/make-sbom.ts');
  return {
    async add({ lockfile, graph, manifests }) {
      const { sbom } = makeSbom({
        ...{ graph, omitsDev: false, unread: [] },
        licenseOf: ({ entry }) => entry.license,
        licenseOfMember(path) {
          const text = manifests.get(path);
          return text === undefined ? undefined : manifestLicense(text);
        },
      });
      const name = `${fileNameOf(lockfile)}${ENDING}`;
      written.add(name);
      const text = writeSbom(sbom, 'cyclonedx', {
        type: 'application',
        time: undefined,
        serialNumber: undefined,
      });
      await replaceFile(join(directory, name), text);
      return incompleteBecause(sbom).map((reason) => ({
        subject: lockfile,
        reason: reason.replace(/\.$/, ''),
      }));
    },
    async removeOthers() {
      for (const name of await readdir(directory))
        if (name.endsWith(ENDING) && !written.has(name)) await unlink(join(directory, name));
    },
  };
}
