import { reasonsOf } from '../../core/judge/policy/ignored.ts';
import { compareFindings, type Finding } from '../../core/read/text/finding.ts';
import { relativeUri } from '../../core/read/text/paths/uri.ts';
import type { AcceptedFinding } from '../../core/show/report/check/report.ts';
import type { Session } from '../session.ts';
import type { EngineSettings } from '../settings.ts';

/**
 * Returns the findings that the configuration accepts as a whole. Checks everything once more, if it accepts anything.
 *
 * @param today `YYYY-MM-DD`
 */
export function acceptedFindings(
  session: Session,
  settings: EngineSettings,
  today: string,
): readonly AcceptedFinding[] {
  const { checked } = session.snapshot();
  if (checked.every(({ project }) => project.policy.ignores.length === 0)) return [];
  session.configure({ ...settings, reportsAccepted: true });
  const snapshot = session.snapshot();
  const accepted = new Map<Finding, AcceptedFinding>();
  for (const { project, files } of snapshot.checked)
    for (const uri of files.keys())
      for (const finding of snapshot.diagnose(uri).findings) {
        const path = relativeUri(project.policyBase, uri);
        const reasons = reasonsOf(project.policy, { ...finding, path }, today);
        if (reasons !== undefined) accepted.set(finding, { finding, reasons });
      }
  return [...accepted.values()].sort((a, b) => compareFindings(a.finding, b.finding));
}
