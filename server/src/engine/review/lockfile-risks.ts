import type { Finding } from '../../core/read/text/finding.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { type PackageRisks, packageRisks } from '../../core/show/report/diff/package-risks.ts';
import type { ProjectSnapshot, Session, Snapshot } from '../session.ts';

/** Returns the findings in all files of a project, and whether a source of advisories answered. */
export function judgedProject(
  snapshot: Snapshot,
  { advisories, files }: ProjectSnapshot,
): { readonly findings: readonly Finding[]; readonly isKnown: boolean } {
  return {
    findings: [...files.keys()].flatMap((uri) => snapshot.diagnose(uri).findings),
    isKnown: advisories.sources.some(({ state }) => state === 'used'),
  };
}

/** Returns the risks of the packages of a lockfile by what is known; undefined if no project has it. */
export function lockfileRisks(
  session: Pick<Session, 'openAdvisories' | 'snapshot'>,
  uri: Uri,
): PackageRisks | undefined {
  session.openAdvisories();
  const snapshot = session.snapshot();
  const owner = snapshot.projectOf(uri);
  if (owner === undefined) return undefined;
  const { findings, isKnown } = judgedProject(snapshot, owner);
  return packageRisks(findings, isKnown);
}
