import type { Finding, Fix } from '../finding.ts';
import type { Project } from '../project/project.ts';
import type { TextEdit } from '../text/edit.ts';
import { joinUri, nameOf, relativeUri, type Uri } from '../text/uri.ts';
import { daysAfter } from './day.ts';
import { addIgnore, type NewIgnore } from './edit-policy-text.ts';
import { NEED_VERSION } from './ignored.ts';
import { POLICY_FILE_NAME } from './read-policy.ts';

/** How long a finding is put off: long enough for a release, short enough to be looked at again. */
const DAYS = 90;

/**
 * The fix that accepts a finding for a while, by an entry in the project's configuration file (or in `policyFile`, where
 * that is used instead). Undefined where the finding cannot be accepted, or the file is too broken to add to.
 * @param today `YYYY-MM-DD`
 */
export function ignoreFix(
  finding: Finding,
  project: Project,
  policyFile: Uri | undefined,
  today: string,
  text: (uri: Uri) => string | undefined,
): Fix | undefined {
  if (finding.rule === 'policy-file-invalid') return undefined;
  if (NEED_VERSION.has(finding.rule) && finding.version === undefined) return undefined;
  const uri = policyFile ?? project.policy.uri ?? joinUri(project.root, POLICY_FILE_NAME);
  const expires = daysAfter(today, DAYS);
  const edits: readonly TextEdit[] | undefined = addIgnore(text(uri), entryFor(finding, project, expires));
  if (edits === undefined || edits.length === 0) return undefined;
  return {
    title: `Ignore until ${expires} (writes ${nameOf(uri)})`,
    applicability: 'unsafe',
    edits: edits.map(({ span, newText }) => ({ uri, span, newText })),
  };
}

/** A package is accepted by name and version wherever it stands; what names none is accepted in its own file. */
function entryFor(finding: Finding, project: Project, expires: string): NewIgnore {
  const path = relativeUri(project.policyBase, finding.uri).replace(/[\\*?[\]{}()!]/g, '\\$&');
  return {
    rule: finding.rule,
    ...(finding.package === undefined ? { path } : { package: finding.package }),
    ...(finding.version === undefined ? {} : { version: finding.version }),
    reason: 'Accepted for now; write here why.',
    expires,
  };
}
