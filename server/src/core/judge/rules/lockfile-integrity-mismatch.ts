import {
  ambiguousHashes,
  conflictsBetween,
  conflictsWithin,
  type HashConflict,
  type HashLoss,
  lossesSince,
} from '../../read/lockfile/faults/hash-conflicts.ts';
import {
  compareHashes,
  type HashComparison,
  hashesOf,
  isOfZip,
} from '../../read/lockfile/model/entry-hashes.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { copyDifferences } from '../../read/lockfile/npm/copy-differences.ts';
import { type Base, describeBase } from '../../read/project/base.ts';
import { askedEntries } from '../../read/project/locked/asked-entries.ts';
import { sameRegistry } from '../../read/project/registries/same-registry.ts';
import type { Fix, Related } from '../../read/text/finding.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { canonicalUrl } from '../../read/text/paths/canonical-url.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import type { Located } from '../../read/text/span.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Facts, type Found } from '../check/rule.ts';
import { RESTORE_ENTRY, restoreCommand } from '../entries/restore-command.ts';
import { publishedVersion } from './published-version.ts';

/**
 * A registry never changes a published version, so if one version has two hashes, one of them belongs to something
 * else. Known false positives: a private registry that repacks a version under the same URL. Hashes of Yarn 2 and
 * later, which cover Yarn's own zip, are compared only with each other.
 */
interface IntegrityMismatch {
  readonly name: string;
  readonly algorithm: string;
  /**
   * What has the other hash: the same entry, another one, npm's second copy of this one, another lockfile, the file in
   * the base, or the registry. lost, weaker and changed: the hash in the base is missing here, was stronger, or is not
   * comparable.
   */
  readonly other:
    | 'itself'
    | 'entry'
    | 'copy'
    | 'lockfile'
    | 'commit'
    | 'lost'
    | 'weaker'
    | 'changed'
    | 'registry';
  /** The algorithm in the base, if the two are not comparable. */
  readonly before: string | null;
  /** The number of packages concerned. */
  readonly count: number;
  /** The name of the other lockfile. */
  readonly otherFile: string | null;
  /** The registry's own value, if that differs. */
  readonly expected: string | null;
}

export const lockfileIntegrityMismatch = defineRule({
  id: 'lockfile-integrity-mismatch',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: ['packument', 'version'],
  options: {
    askRegistry: {
      type: 'boolean',
      default: false,
      stricter: true,
      description: "Compare direct dependencies and new locked packages with the registry's own hashes.",
    },
  },
  docs: {
    summary: 'A package whose hash differs between two places that lock the same version.',
    why: `A registry never changes a published version, so all lockfile entries of one version have the same hash.
If one differs, somebody changed it, or it comes from a registry that serves another file. npm, pnpm, Yarn and Bun
check only that the download fits the entry at hand. If both were changed, they install it.

The rule compares:

- the entries of one file, and the two copies of each that npm 7 and 8 write
- the other lockfiles of the project
- the same file in the base: the last commit, or the commit given with \`check --base\`

With \`askRegistry\` it also compares the registry's own hashes of direct dependencies and of packages that are new
since the base.

A hash that was removed, weakened or replaced by one of another algorithm since the base is reported as well. A
stronger hash at the same URL, such as SHA-512 instead of SHA-1, is information. Also reported are two hashes of one algorithm in one entry, as package managers accept either download.`,
    bad: `-- package.json --
{ "name": "shop", "dependencies": { "a": "^1.0.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0" } },
    "node_modules/a": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/a/-/a-1.0.0.tgz",
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=="
    },
    "node_modules/b/node_modules/a": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/a/-/a-1.0.0.tgz",
      "integrity": "sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ=="
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lockfile-integrity-mismatch
    }
  }
}
`,
    good: `-- package.json --
{ "name": "shop", "dependencies": { "a": "^1.0.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0" } },
    "node_modules/a": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/a/-/a-1.0.0.tgz",
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=="
    },
    "node_modules/b/node_modules/a": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/a/-/a-1.0.0.tgz",
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=="
    }
  }
}
`,
  },
  // Incomparable hashes are reported for many packages together.
  perEntry: {
    holds: (found: readonly IntegrityMismatch[]) => found.every(({ other }) => other !== 'changed'),
  },
  check: {
    *lockfile(lockfile, { project, facts, options, entries: looked }): Generator<Found<IntegrityMismatch>> {
      const isSame = sameRegistry(project);
      const reported = new Set<object>();
      function* report(
        conflicts: Iterable<HashConflict>,
        other: IntegrityMismatch['other'],
        inFile: Lockfile,
      ): Generator<Found<IntegrityMismatch>> {
        for (const conflict of conflicts) {
          if (reported.has(conflict.entry)) continue;
          reported.add(conflict.entry);
          yield found(conflict, other, inFile);
        }
      }
      // The registry requests depend on the other findings.
      const entries = options.askRegistry ? lockfile.entries : looked;
      for (const { entry, algorithm } of ambiguousHashes(entries)) {
        reported.add(entry);
        yield ofEntry(entry, { ...NOTHING_MORE, name: entry.name, algorithm, other: 'itself' });
      }
      yield* report(conflictsWithin(entries, isSame), 'entry', lockfile);
      yield* report(conflictsWithCopy(lockfile), 'copy', lockfile);
      const read = project.lockfile;
      if (read !== undefined && read !== lockfile) {
        yield* report(conflictsBetween(entries, read, isSame), 'lockfile', read);
      }
      const { committedLockfile } = project;
      if (read === lockfile && committedLockfile !== undefined) {
        yield* report(conflictsBetween(entries, committedLockfile, isSame), 'commit', committedLockfile);
        yield* lossFindings(lossesSince(lockfile, committedLockfile, isSame), reported, facts);
      }
      if (!options.askRegistry || read !== lockfile) return;
      for (const entry of askedEntries(project)) {
        if (!reported.has(entry)) yield* againstRegistry(entry, facts);
      }
    },
  },
  message({ data: { name, algorithm, other, otherFile, before, count }, version }, base) {
    const what = formatPackage(name, version);
    const hash = isOfZip(algorithm) ? 'checksum' : `${algorithm} hash`;
    switch (other) {
      case 'itself':
        return `${what} has two ${algorithm} hashes here, and package managers accept a download with either. ${RESTORE_ENTRY}`;
      case 'lost':
        return `${what} has lost the ${before} hash that it has in ${describeBase(base)}, so its download is not verified. ${RESTORE_ENTRY}`;
      case 'weaker':
        return `${what} has only a ${algorithm} hash here, but a stronger ${before} one in ${describeBase(base)}. ${RESTORE_ENTRY}`;
      case 'changed':
        return changedMessage(what, { algorithm, before, count }, base);
      case 'entry':
        return `${what} has a different ${hash} here than elsewhere in this file. Only one of them can be the published hash. ${RESTORE_ENTRY}`;
      case 'copy':
        return `${what} has a different ${hash} in "packages" than in "dependencies", the copy of this file for npm up to 6. ${RESTORE_ENTRY}`;
      case 'lockfile':
        return `${what} has a different ${hash} here than in ${otherFile}. Only one of them can be the published hash. ${RESTORE_ENTRY}`;
      case 'commit':
        return `${what} has a different ${hash} here than in ${describeBase(base)} for the same version. ${RESTORE_ENTRY}`;
      case 'registry':
        return `${what} has a different ${hash} here than its registry gives for it. ${RESTORE_ENTRY}`;
    }
  },
  *fix({ data, span }, { project, uri, file }): Generator<Fix> {
    yield* restoreCommand(uri, project, span);
    if (data.expected === null || file.text === undefined) return;
    const quote = /^["']/.exec(file.text.slice(span.start, span.end))?.[0] ?? '';
    yield {
      title: `Replace with the registry's hash of ${data.name}, after finding out why it differs`,
      applicability: 'unsafe',
      edits: [{ uri, span, newText: quote + data.expected + quote }],
    };
  },
});

function changedMessage(
  what: string,
  { algorithm, before, count }: Pick<IntegrityMismatch, 'algorithm' | 'before' | 'count'>,
  base: Base,
): string {
  const earlier = before ?? '';
  const [subject, verb] = count === 1 ? [what, 'has a'] : [`${count} packages, first ${what},`, 'have'];
  const advice =
    isOfZip(algorithm) || isOfZip(earlier)
      ? `Run "yarn install --check-cache" to verify the ${count === 1 ? 'download' : 'downloads'}.`
      : 'Run "dephygiene check --trust" to compare with the registry.';
  return `${subject} ${verb} ${formatHash(algorithm, count)} instead of the ${formatHash(earlier, count)} in ${describeBase(base)}, so they cannot be compared. ${advice}`;
}

function formatHash(algorithm: string, count: number): string {
  if (!isOfZip(algorithm)) return `${algorithm} hash${count === 1 ? '' : 'es'}`;
  const key = algorithm.slice('zip '.length, -1);
  return `Yarn checksum${count === 1 ? '' : 's'} of ${key === '' ? 'an unknown cache' : `cache ${key}`}`;
}

const NOTHING_MORE = { otherFile: null, expected: null, before: null, count: 1 } as const;

/**
 * Beyond this number, packages with a hash in another algorithm are one finding: a newer package manager locked them
 * again.
 */
const MOST_CHANGED = 10;

function* lossFindings(
  losses: Iterable<HashLoss>,
  reported: Set<object>,
  facts: Facts,
): Generator<Found<IntegrityMismatch>> {
  const changed: HashLoss[] = [];
  for (const loss of losses) {
    if (reported.has(loss.entry)) continue;
    reported.add(loss.entry);
    if (loss.change === 'other') {
      if (!isOfRegistry(loss.entry, facts)) changed.push(loss);
    } else yield ofEntry(loss.entry, dataOf(loss));
  }
  for (const [isStronger, losses] of groupBy(changed, (loss) => isUpgrade(loss, facts))) {
    const isMany = losses.length > MOST_CHANGED;
    const severity = isStronger ? 'information' : 'warning';
    for (const loss of isMany ? losses.slice(0, 1) : losses) {
      const count = isMany ? losses.length : 1;
      yield { ...ofEntry(loss.entry, { ...dataOf(loss), count }), severity };
    }
  }
}

/** Checks whether the same download now has a stronger hash, as `npm update` replaces SHA-1. */
function isUpgrade({ entry, before, from, to }: HashLoss, facts: Facts): boolean {
  // A hash of Yarn's own zip reveals nothing about the tarball.
  if (to === undefined || isOfZip(from) || isOfZip(to)) return false;
  // The registry's hash is known and differs.
  if (publishedHash(entry, facts) !== undefined) return false;
  return downloadOf(entry.resolved?.value) === downloadOf(before.resolved?.value);
}

/**
 * Returns the requested URL, without the hash that Yarn 1 appends. Keeps credentials, as the response may depend on
 * them.
 */
function downloadOf(address: string | undefined): string | undefined {
  const url = address === undefined ? undefined : canonicalUrl(address);
  return url === undefined || url.hasUserinfo ? address : url.href;
}

/** Checks whether the hash is the registry's own, as far as it may be asked. */
function isOfRegistry(entry: LockEntry, facts: Facts): boolean {
  if (entry.integrity === undefined) return false;
  const expected = publishedHash(entry, facts);
  return expected !== undefined && comparedWith(entry.integrity, expected).result === 'same';
}

function publishedHash({ name, version }: LockEntry, facts: Facts): string | undefined {
  return publishedVersion(facts, name, version?.value)?.proof?.integrity;
}

/** Compares a hash of a lockfile with the registry's own value. */
function comparedWith(integrity: Located<string>, expected: string): HashComparison {
  const given = { integrity: { value: expected, span: integrity.span }, checksum: undefined };
  return compareHashes(hashesOf({ integrity, checksum: undefined }), hashesOf(given));
}

const CHANGES = { removed: 'lost', weaker: 'weaker', other: 'changed' } as const;

function dataOf({ entry, change, from, to }: HashLoss): IntegrityMismatch {
  const { name } = entry;
  return { ...NOTHING_MORE, name, algorithm: to ?? from, other: CHANGES[change], before: from };
}

function ofEntry(
  { name, version, integrity, checksum, keySpan }: LockEntry,
  data: IntegrityMismatch,
): Found<IntegrityMismatch> {
  return {
    span: (integrity ?? checksum)?.span ?? keySpan,
    data,
    cause: 'hash',
    package: name,
    ...(version === undefined ? {} : { version: version.value }),
  };
}

function found(
  { entry, other, algorithm }: HashConflict,
  kind: IntegrityMismatch['other'],
  inFile: Lockfile,
): Found<IntegrityMismatch> {
  const place = other.integrity ?? other.checksum;
  // The committed state is not a file that could be opened.
  const related: Related[] =
    place === undefined || kind === 'commit'
      ? []
      : [{ uri: inFile.uri, span: place.span, message: 'The same version with a different hash.' }];
  return {
    span: (entry.integrity ?? entry.checksum)?.span ?? entry.keySpan,
    data: {
      ...NOTHING_MORE,
      name: entry.name,
      algorithm,
      other: kind,
      otherFile: kind === 'lockfile' ? nameOf(inFile.uri) : null,
    },
    cause: 'hash',
    package: entry.name,
    ...(entry.version === undefined ? {} : { version: entry.version.value }),
    related,
  };
}

/** Yields entries of npm's lockfile version 2 whose second copy has another hash. */
function* conflictsWithCopy(lockfile: Lockfile): Generator<HashConflict> {
  for (const { entry, copy, field } of copyDifferences(lockfile)) {
    // lockfile-script-flag-mismatch covers differing versions.
    if (field === 'name' || field === 'version') continue;
    const comparison = compareHashes(hashesOf(entry), hashesOf(copy));
    if (comparison.result === 'other') yield { entry, other: copy, algorithm: comparison.algorithm };
  }
}

/** Yields the registry's hash of the version if it is known and differs. */
function* againstRegistry(entry: LockEntry, facts: Facts): Generator<Found<IntegrityMismatch>> {
  const { integrity, version, name, source } = entry;
  if (source !== 'registry' || integrity === undefined || version === undefined) return;
  const fact = facts.packument(name);
  const published = fact.state === 'ready' ? fact.value.versions.get(version.value) : undefined;
  const expected = published?.proof?.integrity;
  if (expected === undefined) return;
  const comparison = comparedWith(integrity, expected);
  if (comparison.result !== 'other') return;
  yield {
    span: integrity.span,
    data: { ...NOTHING_MORE, name, algorithm: comparison.algorithm, other: 'registry', expected },
    cause: 'hash',
    package: name,
    version: version.value,
  };
}
