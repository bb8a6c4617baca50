import { daysAfter } from '../../read/policy-file/day.ts';
import { addIgnores } from '../../read/policy-file/edit-policy-text.ts';
import { NO_REASON_YET } from '../../read/policy-file/placeholder-reason.ts';
import { POLICY_FILE_NAME } from '../../read/policy-file/read-policy.ts';
import type { Project } from '../../read/project/project.ts';
import type { Finding, Fix, IgnoredThing } from '../../read/text/finding.ts';
import { joinUri, nameOf, relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import { NEED_VERSION } from './ignored.ts';

/** How long a finding is put off: long enough for a release, short enough to be looked at again. */
export const IGNORE_DAYS = 90;

/**
 * What is wrong with the entries themselves is fixed, not accepted. Malware is removed: an entry for a false report is
 * written by hand.
 */
const NOT_ACCEPTED: ReadonlySet<string> = new Set([
  'policy-file-invalid',
  'audit-ignore-invalid',
  'malicious-version',
]);

/** Returns whether an entry may be written for a user: never for malware, and for swapped code only of one version. */
export function isAcceptable({ rule, version }: IgnoredThing): boolean {
  return !NOT_ACCEPTED.has(rule) && (version !== undefined || !NEED_VERSION.has(rule));
}

/**
 * The fix that accepts a finding for a while, by an entry in the project's configuration file (or in `policyFile`, where
 * that is used instead); of a finding about several advisories, by one for each. Undefined where the finding cannot be
 * accepted, or the file is too broken to add to.
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
    title: `Ignore until ${expires}: ${ignoredWords(ignores)} (in ${nameOf(uri)}; has no effect until you write the reason)`,
    applicability: 'unsafe',
    edits: edits.map(({ span, newText }) => ({ uri, span, newText })),
    ignores,
  };
}

/**
 * An advisory is accepted by its id for the package and version that it hits; a package by name and version wherever it
 * stands; what names none in its own file.
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

/** Findings of several rules may be at one place: the title says which one is ignored. */
export function ignoredWords([first, ...others]: readonly IgnoredThing[]): string {
  const what = first?.id ?? first?.rule ?? '';
  return `${what}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
