import { lockfileKindOf } from '../../core/read/lockfile/detect.ts';
import type { Finding } from '../../core/read/text/finding.ts';
import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';

/** The findings of one project without those that another file of it has at their primary place. */
export interface PrimaryFindings {
  of(uri: Uri, findings: readonly Finding[]): readonly Finding[];
}

/** What was left of a list the last time: the same list as long as it is the same. */
const left = new WeakMap<readonly Finding[], readonly Finding[]>();

/**
 * What a rule says of advisories on one version of a package is one finding of a project. Its primary place is the first
 * manifest that declares it, else its entry in the lockfile.
 *
 * @param files of the project, in their order
 * @param findingsOf all that the checks of a file find
 */
export function primaryFindings(
  files: Iterable<Uri>,
  findingsOf: (uri: Uri) => readonly Finding[],
): PrimaryFindings {
  let primaries: ReadonlyMap<string, string> | undefined;
  return {
    of(uri, findings) {
      if (!findings.some(({ advisories }) => advisories !== undefined)) return findings;
      primaries ??= findPrimaries(files, findingsOf);
      const told = primaries;
      const isPrimary = (finding: Finding) => {
        const keys = keysOf(finding);
        const place = placeOf(uri, finding);
        return keys.length === 0 || keys.some((key) => (told.get(key) ?? place) === place);
      };
      if (findings.every(isPrimary)) return findings;
      const now = findings.filter(isPrimary);
      const before = left.get(findings);
      if (before?.length === now.length && before.every((finding, at) => finding === now[at])) return before;
      left.set(findings, now);
      return now;
    },
  };
}

/** The place of each version with known advisories that something else than a lockfile declares. */
function findPrimaries(
  files: Iterable<Uri>,
  findingsOf: (uri: Uri) => readonly Finding[],
): ReadonlyMap<string, string> {
  const primaries = new Map<string, string>();
  for (const uri of files) {
    if (lockfileKindOf(nameOf(uri)) !== undefined) continue;
    for (const finding of findingsOf(uri)) {
      for (const key of keysOf(finding)) if (!primaries.has(key)) primaries.set(key, placeOf(uri, finding));
    }
  }
  return primaries;
}

/** A manifest may declare a name twice. */
function placeOf(uri: Uri, { span }: Finding): string {
  return `${uri} ${span.start}`;
}

function keysOf({ rule, advisories = [] }: Finding): readonly string[] {
  return advisories.map(({ ids, package: name, version }) => [rule, ids[0], name, version].join(' '));
}
