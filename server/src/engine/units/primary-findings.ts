import { lockfileKindOf } from '../../core/read/lockfile/detect.ts';
import { editedEntry } from '../../core/read/lockfile/faults/edited-entry.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type { Finding, FoundAdvisory, Related } from '../../core/read/text/finding.ts';
import { nameOf, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { memoizeOf } from '../../core/read/text/remember-of.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';

/** Filters findings of a project whose primary place is in another file, and relates those places to the primary one. */
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

/** The places of each version that is declared outside of a lockfile, the primary one first. */
type Places = ReadonlyMap<string, readonly DeclaredAt[]>;

interface DeclaredAt {
  readonly uri: Uri;
  readonly span: Finding['span'];
}

/**
 * Returns a filter that reports each vulnerable version once per project, at its primary place: the first manifest that
 * declares it, outside of fixtures if there is one, or else its entry in the lockfile. The other manifests that declare
 * it are related places.
 *
 * @param findingsOf returns all findings of a file
 */
export function primaryFindings(
  input: PrimaryInput,
  findingsOf: (uri: Uri) => readonly Finding[],
  memory: PrimaryMemory,
): PrimaryFindings {
  let places: Places | undefined;
  return {
    of(uri, findings) {
      if (!findings.some(({ advisories }) => advisories !== undefined)) return findings;
      places ??= memory.of(input, () => findPlaces(fixturesLast(input), findingsOf));
      const declared = places;
      const now = findings.flatMap((finding) => {
        const keys = keysOf(finding);
        const all = keys.map((key) => declared.get(key) ?? []);
        const isHere = (place: DeclaredAt | undefined) =>
          place === undefined || (place.uri === uri && place.span.start === finding.span.start);
        if (keys.length > 0 && !all.some(([primary]) => isHere(primary))) return [];
        const longest = all.find(([primary, ...others]) => isHere(primary) && others.length > 0);
        return longest === undefined ? [finding] : [withOthers(finding, longest, input.root)];
      });
      if (now.length === findings.length && now.every((finding, at) => finding === findings[at]))
        return findings;
      const before = left.get(findings);
      if (before?.length === now.length && before.every((finding, at) => finding === now[at])) return before;
      left.set(findings, now);
      return now;
    },
  };
}

/** Editors list them vertically. */
const MOST_OTHERS = 5;

interface Placed<T> {
  readonly places: readonly DeclaredAt[];
  readonly made: T;
}

const relatedTo = new WeakMap<Finding, Placed<Finding>>();

/** By the list without them: a keystroke makes other findings with the same list. */
const lists = new WeakMap<readonly Related[], Placed<readonly Related[]>>();

/** Relates the other places to the finding at the first one. Returns the same object while they are unchanged. */
function withOthers(finding: Finding, places: readonly DeclaredAt[], root: Uri): Finding {
  const known = madeOf(relatedTo.get(finding), places);
  if (known !== undefined) return known;
  const related = madeOf(lists.get(finding.related), places) ?? [
    ...finding.related,
    ...otherPlaces(places, root),
  ];
  lists.set(finding.related, { places, made: related });
  const made = { ...finding, related };
  relatedTo.set(finding, { places, made });
  originals.set(made, finding);
  return made;
}

function madeOf<T>(known: Placed<T> | undefined, places: readonly DeclaredAt[]): T | undefined {
  if (known?.places.length !== places.length) return undefined;
  return known.places.every((place, at) => isSame(place, places[at]!)) ? known.made : undefined;
}

function otherPlaces(places: readonly DeclaredAt[], root: Uri): readonly Related[] {
  const others = places.slice(1, 1 + MOST_OTHERS);
  const more = places.length - 1 - others.length;
  const rest = more === 0 ? '' : `, as ${more} more ${more === 1 ? 'does' : 'do'}`;
  return others.map((place, at) => {
    // Editors show the name of the file alone.
    const path = visibleText(relativeUri(root, place.uri));
    return { ...place, message: `${path} declares it too${at === others.length - 1 ? rest : ''}.` };
  });
}

function isSame(a: DeclaredAt, b: DeclaredAt): boolean {
  return a.uri === b.uri && a.span.start === b.span.start && a.span.end === b.span.end;
}

const originals = new WeakMap<Finding, Finding>();

/** Returns a finding as its unit found it. */
export function asFound(finding: Finding): Finding {
  return originals.get(finding) ?? finding;
}

/**
 * The last primary places, by project. They survive an edit of the URL or hash of one locked package, which no advisory
 * depends on: that edit then runs no check of a manifest.
 */
export class PrimaryMemory {
  readonly #last = new Map<Uri, KnownPlaces>();

  of(input: PrimaryInput, find: () => Places): Places {
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
  readonly places: Places;
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

/** Returns the places of each version with advisories that is declared outside of a lockfile. */
function findPlaces(files: readonly Uri[], findingsOf: (uri: Uri) => readonly Finding[]): Places {
  const places = new Map<string, DeclaredAt[]>();
  for (const uri of files) {
    if (lockfileKindOf(nameOf(uri)) !== undefined) continue;
    for (const finding of findingsOf(uri)) {
      const { span } = finding;
      for (const key of keysOf(finding)) {
        const known = places.get(key);
        if (known === undefined) places.set(key, [{ uri, span }]);
        else known.push({ uri, span });
      }
    }
  }
  return places;
}

function keysOf({ rule, advisories = [] }: Finding): readonly string[] {
  return advisories.map((advisory) => `${rule} ${versionOf(advisory)}`);
}

/** Memoized, as the same advisories are found on every keystroke. */
const versionOf = memoizeOf(({ ids, package: name, version }: FoundAdvisory) =>
  [ids[0], name, version].join(' '),
);
