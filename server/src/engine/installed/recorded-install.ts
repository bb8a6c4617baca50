import { installStateOf } from '../../core/judge/installed/install-state-of.ts';
import { installedMismatch } from '../../core/judge/rules/installed-mismatch.ts';
import { isEnabled, setSeverity } from '../../core/judge/rules/run.ts';
import { DEFAULT_PRESET } from '../../core/read/policy-file/presets.ts';
import type { InstallState } from '../../core/read/project/install-state.ts';
import { installerOf } from '../../core/read/project/manager/installation.ts';
import type { Project } from '../../core/read/project/project.ts';
import { readInstallRecord } from '../../core/read/project/read-install-record.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort } from '../ports.ts';
import type { ProjectSnapshot } from '../session.ts';
import type { EngineSettings } from '../settings.ts';

/** Checks whether the rule that shows the result is on for a project. */
export function comparesInstalls(
  { policy }: Pick<Project, 'policy'>,
  { severities, preset }: EngineSettings,
): boolean {
  const severity = setSeverity(installedMismatch, severities, policy);
  return isEnabled(installedMismatch, severity, preset ?? policy.preset ?? DEFAULT_PRESET);
}

/**
 * Compares the package manager's record of what it installed with the lockfile. Undefined if it keeps none, or if nothing
 * is installed.
 */
export async function recordedInstall(
  files: Pick<FilesPort, 'read'>,
  compared: Pick<ProjectSnapshot, 'project' | 'files'>,
): Promise<InstallState | undefined> {
  const { root, lockfile } = compared.project;
  const { record } = installerOf(compared.project).installs;
  if (record === undefined || lockfile === undefined) return undefined;
  const uri = joinUri(root, record.path);
  const read = await files.read(uri);
  const packages =
    read.type === 'text' ? readInstallRecord(uri, read.text, record.form, lockfile.format) : undefined;
  return packages === undefined
    ? undefined
    : installStateOf(compared, { packages, gaps: [] }, { record: record.path });
}
