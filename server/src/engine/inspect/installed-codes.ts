import type { CapabilityRecord } from '../../core/know/capabilities/record.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { FilesPort } from '../ports.ts';
import { type CodePorts, codeVersionOf, knownRecord, recordOfInstalled } from './code-records.ts';

/** Together about ten seconds. */
const MOST_READ = 100;
const MOST_CHARACTERS = 300_000;

/**
 * Returns what the code of locked packages can do, as far as that is known or quickly read: cached records, and installed
 * folders of a few direct dependencies that are small. Sends nothing.
 */
export async function installedCodes(
  project: Project,
  entries: Iterable<LockEntry>,
  ports: CodePorts & { readonly files: Pick<FilesPort, 'list' | 'read'> },
  isDirect: (entry: LockEntry) => boolean,
): Promise<ReadonlyMap<LockEntry, CapabilityRecord>> {
  const found = new Map<LockEntry, CapabilityRecord>();
  let left = MOST_READ;
  for (const entry of entries) {
    const version = codeVersionOf(entry);
    if (version === undefined) continue;
    let record = await knownRecord(version, ports);
    if (record === undefined && isDirect(entry) && left > 0) {
      left--;
      record = await recordOfInstalled(project, version, ports, MOST_CHARACTERS);
    }
    if (record !== undefined) found.set(entry, record);
  }
  return found;
}
