import { acceptingEntry, isInForce, matchesPath } from '../../../judge/policy/ignored.ts';
import { ADVISORY_RULES } from '../../../judge/policy/judge-ignore.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import type { Ignore } from '../../../read/policy-file/policy.ts';
import type { Project } from '../../../read/project/project.ts';
import { relativeUri, type Uri } from '../../../read/text/paths/uri.ts';
import { longDate } from '../../../read/text/words/dates.ts';
import type { AdvisoryFacts } from './advisory-facts.ts';
import type { HoverTarget } from './hover-target.ts';

/** What the project's configuration accepts of a dependency today. */
export interface IgnoredFacts {
  /** Each entry in words: "vulnerable-dependency until 1 Mar 2027: only in build scripts". */
  readonly texts: readonly string[];
  /** The day until which every advisory on the version is accepted; undefined if any is not. */
  readonly own: string | undefined;
  /** The same for the packages that it pulls in. */
  readonly pulledIn: string | undefined;
}

export const NOTHING_IGNORED: IgnoredFacts = { texts: [], own: undefined, pulledIn: undefined };

/**
 * @param uri the file with the dependency
 * @param today `YYYY-MM-DD`
 */
export function ignoredFacts(
  { policy, policyBase }: Pick<Project, 'policy' | 'policyBase'>,
  { name, target, entry }: Pick<HoverTarget, 'name' | 'target' | 'entry'>,
  advisories: Pick<AdvisoryFacts, 'own' | 'pulledIn'>,
  uri: Uri,
  today: string,
): IgnoredFacts {
  if (policy.ignores.length === 0) return NOTHING_IGNORED;
  const path = relativeUri(policyBase, uri);
  const version = entry?.version?.value;
  const accepting = (advisory: Advisory, inVersion: string | undefined) => {
    const rule = advisory.isMalware ? 'malicious-version' : 'vulnerable-dependency';
    const ids = [advisory.id, ...advisory.aliases];
    return acceptingEntry(policy, { ids, rule, path, package: advisory.package, version: inVersion }, today);
  };
  const own = advisories.own.map((advisory) => accepting(advisory, version));
  const pulledIn = advisories.pulledIn.flatMap((each) =>
    each.advisories.map((advisory) => accepting(advisory, each.version)),
  );
  const others = policy.ignores.filter(
    (ignore) =>
      isInForce(ignore, today) &&
      !ADVISORY_RULES.has(ignore.rule) &&
      (ignore.package === name || ignore.package === target) &&
      (ignore.version === undefined || ignore.version === version) &&
      (ignore.path === undefined || matchesPath(ignore.path, path)),
  );
  const entries = new Set([...own, ...pulledIn, ...others].filter((each) => each !== undefined));
  return {
    texts: [...entries].map(
      ({ rule, id, expires, reason }) => `${id ?? rule} until ${longDate(expires!)}: ${reason}`,
    ),
    own: lastDayOf(own),
    pulledIn: lastDayOf(pulledIn),
  };
}

function lastDayOf(entries: readonly (Ignore | undefined)[]): string | undefined {
  if (entries.includes(undefined)) return undefined;
  const [day] = entries.flatMap((entry) => entry?.expires ?? []).sort();
  return day === undefined ? undefined : longDate(day);
}
