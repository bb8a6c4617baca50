import type { ChangedVersions } from '../../../core/read/graph/diff/diff-types.ts';
import type { Lockfile } from '../../../core/read/lockfile/model/lockfile.ts';
import { joinUri, parentUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import type { UpdatedCode } from '../../../core/show/report/diff/code-report.ts';
import { createSession } from '../../../engine/create-session.ts';
import { createNodePorts } from '../../node-ports.ts';
import { directoryTrust } from '../directory-trust.ts';
import { VERSION } from '../version.ts';

/** A lockfile with updated packages, and its state in the base. */
export interface UpdatedLockfile {
  readonly uri: Uri;
  readonly path: string;
  readonly before: Lockfile;
  readonly changed: readonly ChangedVersions[];
}

export interface CodeDiffOptions {
  readonly root: Uri;
  readonly repository: Uri;
  /** Whether registries may be asked, as far as settings and privacy permit. */
  readonly isTrusted: boolean;
}

/**
 * Compares what the code of updated packages can do, by installed packages and cached records, or with trust also by
 * tarballs. Packages of which nothing is known are missing, unless registries were asked.
 */
export async function codeDiff(
  lockfiles: readonly UpdatedLockfile[],
  { root, repository, isTrusted }: CodeDiffOptions,
): Promise<readonly UpdatedCode[]> {
  if (lockfiles.length === 0) return [];
  const ports = createNodePorts({ roots: () => [root], version: VERSION });
  const session = createSession(ports);
  session.configure({
    ...{ online: isTrusted, severities: new Map(), policyFile: undefined },
    ...directoryTrust(root, isTrusted),
  });
  session.setFolders([repository]);
  const { updatedCode } = await import('../../../engine/inspect/inspect.ts');
  const found: UpdatedCode[] = [];
  for (const { uri, path, before, changed } of lockfiles) {
    const manifest = joinUri(parentUri(uri), 'package.json');
    const project = (await session.ensureProject(manifest))?.project;
    if (project?.lockfile?.uri !== uri) continue;
    const facts = isTrusted ? session.inquire(project, { online: true }) : undefined;
    const names = new Set(changed.map(({ name }) => name));
    for (const update of await updatedCode(project, { before, names }, { ports, facts }))
      found.push({ lockfile: path, ...update });
  }
  session.dispose();
  return isTrusted || found.some(({ code }) => code !== undefined) ? found : [];
}
