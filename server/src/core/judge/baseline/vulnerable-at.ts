import { dayOf } from '../../read/policy-file/day.ts';
import { relativeUri } from '../../read/text/paths/uri.ts';
import type { RuleContext } from '../check/rule.ts';
import { isOfKind } from '../exposure/advisory-kind.ts';
import { lockExposure } from '../exposure/lock-exposure.ts';
import { auditSettingsOf, isBelow } from '../policy/audit-settings.ts';
import { isAccepted } from '../policy/ignored.ts';

/** What controls are judged by. */
export type ControlContext = Pick<RuleContext, 'project' | 'advisories' | 'now'>;

/** The severities that a policy can require an audit to pass at. */
export const AUDIT_LEVELS = ['critical', 'high', 'moderate', 'low'] as const;

/** What npm assumes of an advisory that states no severity. */
const UNKNOWN = 'high';

/**
 * Returns the locked packages with known vulnerabilities of the level or a higher one, as far as sources of advisories
 * answered and the project neither accepts nor ignores them.
 */
export function vulnerableAt(
  level: (typeof AUDIT_LEVELS)[number],
  { project, advisories, now }: ControlContext,
): readonly string[] {
  const { lockfile, policy, policyBase, rootManifest } = project;
  if (lockfile === undefined) return [];
  const settings = auditSettingsOf(project);
  const today = dayOf(now);
  const paths = [lockfile.uri, ...(rootManifest === undefined ? [] : [rootManifest.uri])].map((uri) =>
    relativeUri(policyBase, uri),
  );
  const exposure = lockExposure(project, lockfile, advisories);
  const found = new Set<string>();
  for (const [entry, { name, version, advisories: about }] of exposure.affected) {
    if (settings.excludes(name) || (settings.production && exposure.isDev(entry))) continue;
    const counts = about.some((advisory) => {
      const isMalware = isOfKind(advisory, 'malware');
      if (!isMalware && (isBelow(advisory.severity ?? UNKNOWN, level) || settings.ignores(advisory)))
        return false;
      const rule = isMalware ? 'malicious-version' : 'vulnerable-dependency';
      const ids = [advisory.id, ...advisory.aliases];
      return !paths.some((path) => isAccepted(policy, { ids, package: name, version, rule, path }, today));
    });
    if (counts) found.add(`${name} ${version}`);
  }
  return [...found];
}
