import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { automationSystemOf } from '../../../core/read/automation/automation.ts';
import { AUDIT_FILES } from '../../../core/read/policy-file/import/audit-ignores.ts';
import { isSbomName } from '../../../core/read/sbom/sbom-file.ts';
import { relativeUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import { fingerprintsOf, type Hash } from '../../../core/show/report/check/formats/fingerprint.ts';
import { jsonFindings } from '../../../core/show/report/check/json.ts';
import { isSourceName } from '../../../engine/projects/project-files.ts';
import { CONFIGURATION_NAMES } from '../../../engine/projects/read-configuration.ts';
import { uriOfPath } from '../../disk-files.ts';
import { isPathWithin } from '../../files/is-path-within.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { createNodePorts } from '../../node-ports.ts';
import { WrongUse } from '../exit-code.ts';
import { repositoryOf } from '../given/given-directory.ts';
import type { Terminal } from '../terminal.ts';
import { VERSION } from '../version.ts';
import type { Baseline } from './baseline.ts';
import { type CheckOptions, checkDirectory } from './check-directory.ts';

/**
 * Checks the manifests, lockfiles and settings of a commit, in a temporary copy, as the directory is checked now. No
 * hook or filter of the repository runs. Throws `WrongUse` if git does not know the commit.
 */
export async function findingsAt(
  revision: string,
  options: CheckOptions,
  progress: Terminal['progress'],
  hash: Hash,
): Promise<Baseline> {
  const repository = await repositoryOf(options.directory);
  const below = relative(await realpath(repository), options.directory);
  const copy = await realpath(await mkdtemp(join(tmpdir(), 'dephygiene-since-')));
  try {
    await copyCommit(uriOfPath(repository), revision, copy);
    // The search for roots and configuration ends there, as it does in the repository.
    await mkdir(join(copy, '.git'), { recursive: true });
    const directory = join(copy, below);
    await mkdir(directory, { recursive: true });
    // The copy has the policies of the commit itself.
    const alone = { ...options, directory, base: undefined, policyFrom: undefined };
    const { report } = await checkDirectory(alone, progress);
    return { since: revision, fingerprints: new Set(fingerprintsOf(jsonFindings(report), hash)) };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function copyCommit(repository: Uri, revision: string, copy: string): Promise<void> {
  const { git } = createNodePorts({ roots: () => [repository], version: VERSION });
  const found = await git.filesAt(repository, revision, isRead);
  if (found.type === 'unknown') throw unusable(revision, found.reason, found.advice);
  for (const uri of found.uris) {
    const read = await git.textAt(uri, found.commit);
    if (read.type === 'unknown')
      throw unusable(revision, `${relativeUri(repository, uri)}: ${read.reason}`, read.advice);
    if (read.type === 'absent') continue;
    const path = join(copy, relativeUri(repository, uri));
    // A tree may name what no checkout would write.
    if (!isPathWithin(copy, path)) continue;
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, read.text, { durable: false });
  }
}

/** Further files that checks read. More of them does no harm. */
const OTHERS =
  /^(?:\.gitignore|\.env(?:\..*)?|\.(?:docker|container)ignore|dependabot\.ya?ml|renovate\.json5?|\.renovaterc(?:\.json)?|\.npmrc-publish)$/i;

function isRead(name: string, path: string): boolean {
  if (isSourceName(name) || CONFIGURATION_NAMES.has(name) || AUDIT_FILES.has(name)) return true;
  return OTHERS.test(name) || isSbomName(name) || automationSystemOf(`/${path}` as Uri) !== undefined;
}

function unusable(revision: string, reason: string, advice = 'fetch it first'): WrongUse {
  return new WrongUse(`--since ${revision} cannot be used: ${reason}; ${advice}.`);
}
