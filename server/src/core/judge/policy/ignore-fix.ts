import { daysAfter } from '../../read/policy-file/day.ts';
import { addIgnores } from '../../read/policy-file/edit-policy-text.ts';
import { NO_REASON_YET } from '../../read/policy-file/placeholder-reason.ts';
import { POLICY_FILE_NAME } from '../../read/policy-file/read-policy.ts';
import type { Project } from '../../read/project/project.ts';
import type { Finding, Fix, IgnoredThing } from '../../read/text/finding.ts';
import { joinUri, nameOf, relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import { NEED_VERSION } from './ignored.ts';

/** How long a finding is ignored: long enough for a release, short enough to be reviewed again. */
export const IGNORE_DAYS = 90;

/**
 * Problems of the entries themselves are fixed, not accepted. Malware is removed: entries for false positives are
 * written by hand.
 */
const NOT_ACCEPTED: ReadonlySet<string> = new Set([
  'policy-file-invalid',
  'audit-ignore-invalid',
  'malicious-version',
]);

/** Checks whether an entry may be written for the user: never for malware, and for swapped code only with a version. */
export function isAcceptable({ rule, version }: IgnoredThing): boolean {
  return !NOT_ACCEPTED.has(rule) && (version !== undefined || !NEED_VERSION.has(rule));
}

/**
 * Returns the fix that ignores a finding for a while, by an entry in the project's configuration file (or in
 * `policyFile` if given), or by one entry for each of several advisories. Undefined if the finding cannot be accepted,
 * or the file is too broken to edit.
 * @param today `YYYY-MM-DD`
 */
export function ignoreFix(
  finding: Finding,
  project: Project,
  policyFile: Uri | undefined,
  today: string,
  text: (uri: Uri) => string | undefined,
): Fix | undefined {
  const uri = policyFile ?? project.policy.uri ?? joinUri(project.root, POLICY_FILE_NAME);
  const expires = daysAfter(today, IGNORE_DAYS);
  const ignores = thingsOf(finding, project);
  if (!ignores.every(isAcceptable)) return undefined;
  const entries = ignores.map((each) => ({ ...each, reason: NO_REASON_YET, expires }));
  const edits = addIgnores(text(uri), entries);
  if (edits === undefined || edits.length === 0) return undefined;
  return {
    title: `Ignore until ${expires}: ${describeIgnored(ignores)} (in ${nameOf(uri)}; has no effect until you write the reason)`,
    applicability: 'unsafe',
    edits: edits.map(({ span, newText }) => ({ uri, span, newText })),
    ignores,
  };
}

/**
 * Returns an entry for each advisory by its id, package and version; for a package by name and version in every file;
 * for other findings by their file.
 */
function thingsOf(finding: Finding, project: Project): readonly IgnoredThing[] {
  const { rule, advisories = [] } = finding;
  if (advisories.length > 0) {
    return advisories.map(({ ids, package: name, version }) => ({
      rule,
      ...(ids[0] === undefined ? {} : { id: ids[0] }),
      package: name,
      ...(version === undefined ? {} : { version }),
    }));
  }
  const path = relativeUri(project.policyBase, finding.uri).replace(/[\\*?[\]{}()!]/g, '\\$&');
  const entry = {
    rule,
    ...(finding.package === undefined ? { path } : { package: finding.package }),
    ...(finding.version === undefined ? {} : { version: finding.version }),
  };
  return [entry];
}

/** Describes what is ignored for the title, as findings of several rules may share a place. */
export function describeIgnored([first, ...others]: readonly IgnoredThing[]): string {
  const what = first?.id ?? first?.rule ?? '';
  return `${what}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
