import type { Finding } from '../finding.ts';
import { lockfileKindOf } from '../lockfile/detect.ts';
import { nameOf } from '../text/uri.ts';

/**
 * The findings as a summary counts them: what a rule says of a version at its entry in a lockfile is left out where it
 * says the same at what declares or brings it. Both are shown, as each is read in its own place.
 */
export function countedOnce<T extends Pick<Finding, 'rule' | 'advisories' | 'uri'>>(
  findings: readonly T[],
): readonly T[] {
  const told = new Set<string>();
  for (const finding of findings) {
    if (!isInLockfile(finding)) for (const key of keysOf(finding)) told.add(key);
  }
  if (told.size === 0) return findings;
  return findings.filter((finding) => {
    const keys = isInLockfile(finding) ? keysOf(finding) : [];
    return keys.length === 0 || keys.some((key) => !told.has(key));
  });
}

function keysOf({ rule, advisories = [] }: Pick<Finding, 'rule' | 'advisories'>): readonly string[] {
  return advisories.map(({ ids, package: name, version }) => [rule, ids[0], name, version].join(' '));
}

function isInLockfile({ uri }: Pick<Finding, 'uri'>): boolean {
  return lockfileKindOf(nameOf(uri)) !== undefined;
}
