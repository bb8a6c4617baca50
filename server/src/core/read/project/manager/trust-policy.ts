import { specOf } from '../../manager/managers.ts';
import { packageSelectors } from '../../manager/pnpm/package-selectors.ts';
import type { Project } from '../project.ts';

const MINUTE = 60_000;

/**
 * Whether pnpm-workspace.yaml lets a version have less behind it than those before: by `trustPolicyExclude`, or as it was
 * published longer ago than the minutes of `trustPolicyIgnoreAfter`. Both count whatever `trustPolicy` is, as whoever wrote
 * them has decided. Other package managers have no such settings.
 * @param published milliseconds since 1970, undefined where it is not known
 */
export function isTrustedAnyway(
  { manager, pnpmWorkspace }: Project,
  name: string,
  version: string,
  published: number | undefined,
  now: number,
): boolean {
  if (specOf(manager).files.settingsKind !== 'pnpmWorkspace' || pnpmWorkspace === undefined) return false;
  const selectors = packageSelectors(pnpmWorkspace, 'trustPolicyExclude');
  if (selectors.some((selector) => selector.covers(name, version))) return true;
  const after = pnpmWorkspace.setting('trustPolicyIgnoreAfter')?.value;
  const minutes = after?.type === 'scalar' && typeof after.value === 'number' ? after.value : undefined;
  return minutes !== undefined && published !== undefined && now - published > minutes * MINUTE;
}
