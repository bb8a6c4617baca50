import { lockfileKindOf } from '../../core/read/lockfile/detect.ts';
import { editedEntry } from '../../core/read/lockfile/faults/edited-entry.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type { Finding, FoundAdvisory } from '../../core/read/text/finding.ts';
import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import { memoizeOf } from '../../core/read/text/remember-of.ts';

/** Filters findings of a project whose primary place is in another file. */
export interface PrimaryFindings {
  of(uri: Uri, findings: readonly Finding[]): readonly Finding[];
}

/** The last filtered list, whose identity is kept while it is unchanged. */
const left = new WeakMap<readonly Finding[], readonly Finding[]>();

/** The inputs that determine the primary places of a project. */
export interface PrimaryInput {
  readonly root: Uri;
  readonly files: ReadonlyMap<Uri, CheckedFile>;
  readonly lockfile: Lockfile | undefined;
  /** Returns everything else that the checks of these files read, by identity. Opens the advisories. */
  others(): readonly unknown[];
  /** Checks whether a file is a fixture, whose manifests come after the others. */
  isFixture(uri: Uri): boolean;
}

/**
 * Returns a filter that reports each vulnerable version once per project, at its primary place: the first manifest that
 * declares it, outside of fixtures if there is one, or else its entry in the lockfile.
 *
 * @param findingsOf returns all findings of a file
 */
export function primaryFindings(
  input: PrimaryInput,
  findingsOf: (uri: Uri) => readonly Finding[],
  memory: PrimaryMemory,
): PrimaryFindings {
  let primaries: ReadonlyMap<string, string> | undefined;
  return {
    of(uri, findings) {
      if (!findings.some(({ advisories }) => advisories !== undefined)) return findings;
      primaries ??= memory.of(input, () => findPrimaries(fixturesLast(input), findingsOf));
      const reported = primaries;
      const isPrimary = (finding: Finding) => {
        const keys = keysOf(finding);
        const place = placeOf(uri, finding);
        return keys.length === 0 || keys.some((key) => (reported.get(key) ?? place) === place);
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

/**
 * The last primary places, by project. They survive an edit of the URL or hash of one locked package, which no advisory
 * depends on: that edit then runs no check of a manifest.
 */
export class PrimaryMemory {
  readonly #last = new Map<Uri, KnownPlaces>();

  of(input: PrimaryInput, find: () => ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const { root, files, lockfile } = input;
    const now = { files, lockfile, others: input.others() };
    const last = this.#last.get(root);
    const places = last !== undefined && holds(last, now) ? last.places : find();
    this.#last.set(root, { ...now, places });
    return places;
  }

  /** Drops all projects except those with these roots. */
  keepOnly(roots: ReadonlySet<Uri>): void {
    for (const root of this.#last.keys()) if (!roots.has(root)) this.#last.delete(root);
  }
}

interface KnownPlaces extends Pick<PrimaryInput, 'files' | 'lockfile'> {
  readonly others: readonly unknown[];
  readonly places: ReadonlyMap<string, string>;
}

function holds(before: KnownPlaces, now: Omit<KnownPlaces, 'places'>): boolean {
  if (before.files.size !== now.files.size || !before.others.every((other, at) => other === now.others[at]))
    return false;
  for (const [uri, file] of now.files) {
    if (file !== now.lockfile && before.files.get(uri) !== file) return false;
  }
  if (before.lockfile === now.lockfile) return true;
  return (
    before.lockfile !== undefined &&
    now.lockfile !== undefined &&
    editedEntry(before.lockfile, now.lockfile)?.isMoved === true
  );
}

function fixturesLast({ files, isFixture }: PrimaryInput): readonly Uri[] {
  const uris = [...files.keys()];
  const fixtures = new Set(uris.filter(isFixture));
  return fixtures.size === 0 ? uris : [...uris.filter((uri) => !fixtures.has(uri)), ...fixtures];
}

/** Returns the place of each version with advisories that is declared outside of a lockfile. */
function findPrimaries(
  files: readonly Uri[],
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

/** Returns a key of file and offset, as a manifest may declare a name twice. */
function placeOf(uri: Uri, { span }: Finding): string {
  return `${uri} ${span.start}`;
}

function keysOf({ rule, advisories = [] }: Finding): readonly string[] {
  return advisories.map((advisory) => `${rule} ${versionOf(advisory)}`);
}

/** Memoized, as the same advisories are found on every keystroke. */
const versionOf = memoizeOf(({ ids, package: name, version }: FoundAdvisory) =>
  [ids[0], name, version].join(' '),
);
