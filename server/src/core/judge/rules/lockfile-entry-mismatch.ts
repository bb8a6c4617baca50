import { BunLockEntry } from '../../read/lockfile/bun/bun-lock-entry.ts';
import { isBunLockfile } from '../../read/lockfile/bun/bun-lockfile.ts';
import { unfitPackages } from '../../read/lockfile/bun/unfit-packages.ts';
import { rewrittenEdges } from '../../read/lockfile/faults/rewritten-edges.ts';
import { type SharedHash, sharedHashes } from '../../read/lockfile/faults/shared-hashes.ts';
import type { UnfitPackage } from '../../read/lockfile/faults/unfit-package.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { unfitSince } from '../../read/lockfile/npm/unfit-since.ts';
import { unfitImporterEdges } from '../../read/lockfile/pnpm/unfit-importer-edges.ts';
import { isAskedByUrl, isMergedAlias } from '../../read/lockfile/yarn/asked-by-url.ts';
import { unfitDeclaration } from '../../read/lockfile/yarn/unfit-declarations.ts';
import { YarnTapeEntry } from '../../read/lockfile/yarn/yarn-tape-entry.ts';
import { BerryLockEntry } from '../../read/lockfile/yarn-berry/berry-lock-entry.ts';
import { ClassicLockEntry } from '../../read/lockfile/yarn-classic/classic-lock-entry.ts';
import { describeBase } from '../../read/project/base.ts';
import { type Aliases, aliasesOf } from '../../read/project/locked/declared-aliases.ts';
import { declaredSources } from '../../read/project/locked/declared-source.ts';
import { leadsToMember } from '../../read/project/members/leads-to-member.ts';
import type { Related, Severity } from '../../read/text/finding.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { parseWebUrl } from '../../read/text/paths/web-url.ts';
import type { Span } from '../../read/text/span.ts';
import { plural } from '../../read/text/words/words.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { foreignFolder } from '../entries/foreign-folder.ts';
import { movedHashes } from '../entries/moved-hashes.ts';
import { RESTORE_ENTRY, restoreCommand } from '../entries/restore-command.ts';
import { undeclaredSources } from '../entries/undeclared-sources.ts';
import { isSameVersion, keepsBases, urlJudge } from '../entries/url-mismatch.ts';

/**
 * An entry with the URL and hash of another package installs that package: npm 11 and 12, Yarn and Bun do not compare
 * them, nor does pnpm with `trustLockfile`. The same applies to an entry that states another name than all its
 * dependents request. URLs are compared as requested, not as written. Known false positives: a registry that serves
 * tarballs both in the usual layout and in one missing from `tarball-layouts.ts`.
 */
interface EntryMismatch {
  readonly key: string;
  readonly name: string;
  /**
   * address: the URL of another name or version; shape: its registry has no tarball at such a path; spelling: the
   * requested URL differs from the written one; entry: it states another name or version itself; source: it does not
   * come from a registry although nothing declares that; hook: likewise, but a .pnpmfile.cjs may have replaced it;
   * hash: the hash of another package or version as well; hashes: many of these; moved: the last commit has its hash
   * for another package; range: the version is outside the range of its own key or of a dependent; edge: the same
   * tarball declares another dependency; merged: aliases as merged by Yarn 1.22.19 and earlier.
   */
  readonly where:
    | 'address'
    | 'shape'
    | 'spelling'
    | 'entry'
    | 'source'
    | 'hook'
    | 'hash'
    | 'hashes'
    | 'moved'
    | 'range'
    | 'merged'
    | 'edge';
  readonly differs: 'name' | 'version';
  /**
   * What is installed, as far as the entry reveals it; the origin for a source, the range for a range, the number for
   * many.
   */
  readonly installs: string;
  /** For an edge: the range in the base. */
  readonly before?: string;
}

export const lockfileEntryMismatch = defineRule({
  id: 'lockfile-entry-mismatch',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A lockfile entry that installs a different package or version than its dependents ask for.',
    why: `An entry with the URL and the hash of another package installs that package under the entry's name. npm 11
and 12, Yarn and Bun do so without a warning: they check the download against the hash, and nothing against the name.
There are more ways to get there:

- An entry from git or a path, or a linked folder, needs no hash at all. It is reported where all dependents ask for a
  registry package.
- An entry with the hash of another package of the file is taken from a cache by that hash.
- Yarn does not compare an entry's version with the range in its key, nor Bun with the ranges of dependents.

Entries are compared with the last commit, or with \`--base\`. The rule reports a hash that another name or version had
there, and a dependency that an entry got while its hash stayed, as a tarball cannot change. In lockfiles of npm it
also reports a new version outside of a dependent's range: \`npm ci\` refuses it, and \`npm install\` replaces it. Peers,
overrides, bundled packages and versions that were out of range before are skipped.`,
    bad: `-- package.json --
{ "name": "shop", "dependencies": { "minimist": "^1.2.8" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "minimist": "^1.2.8" } },
    "node_modules/minimist": {
      "version": "1.2.8",
      "resolved": "https://registry.public.example.test/wrappy/-/wrappy-1.0.2.tgz",
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lockfile-entry-mismatch
      "integrity": "sha512-l4Sp/DRseor9wL6EvV2+TuQn63dMkPjZ/sp9XkghTEbV9KlPS1xUsZ3u7/IQO4wxtcFB4bgpQPRcR3QCvezPcQ=="
    }
  }
}
`,
    good: `-- package.json --
{ "name": "shop", "dependencies": { "minimist": "^1.2.8" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "minimist": "^1.2.8" } },
    "node_modules/minimist": {
      "version": "1.2.8",
      "resolved": "https://registry.public.example.test/minimist/-/minimist-1.2.8.tgz",
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=="
    }
  }
}
`,
  },
  perEntry: {
    readsEdges: true,
    keepsWhole: keepsBases,
    holds: (found: readonly EntryMismatch[]) =>
      found.length < LISTED && found.every(({ where }) => where !== 'hashes'),
  },
  check: {
    *lockfile(lockfile, { project, unknown, entries }): Generator<Found<EntryMismatch>> {
      const aliases = aliasesOf(lockfile, project);
      const isReplaced = (name: string) =>
        project.exoticNames.has(name) || project.overrides.of(name).length > 0;
      const isDeclared = declaredSources(lockfile, project);
      const judgeUrl = urlJudge(lockfile, project, ({ name }) => unknown(name));
      const reported = new Set<LockEntry>();
      function* report(entry: LockEntry, mismatch: Mismatch | undefined): Generator<Found<EntryMismatch>> {
        if (mismatch === undefined || reported.has(entry)) return;
        reported.add(entry);
        const { span, target, name, related, severity, ...what } = mismatch;
        yield {
          span,
          data: { key: entry.key, name, ...what },
          package: name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
          target,
          ...(severity === undefined ? {} : { severity }),
          ...(related === undefined ? {} : { related }),
        };
      }
      for (const entry of entries) {
        if (entry.source !== 'registry' && entry.source !== 'tarball') continue;
        const mismatch =
          (entry.source === 'registry' ? statedOtherwise(entry, aliases) : undefined) ??
          ofUrl(entry, judgeUrl(entry)) ??
          rangeMismatch(entry, isReplaced);
        if (mismatch !== undefined && !isDeclared(entry)) yield* report(entry, mismatch);
      }
      // One already reported as another package explains why both have its hash. A dependency declared by URL may have
      // any name besides that of its package.
      const isOther = (entry: LockEntry) => !isDeclared(entry) && !isAskedByUrl(entry);
      const shared = sharedHashes(entries, reported)
        .map((packages) => packages.filter(isOther) as unknown as SharedHash)
        .filter((packages) => packages.length > 1);
      for (const [entry, mismatch] of hashMismatches(shared, lockfile)) yield* report(entry, mismatch);
      const committed = project.lockfile === lockfile ? project.committedLockfile : undefined;
      for (const { entry, range } of unfitIn(lockfile, committed, entries)) {
        if (!isReplaced(entry.alias ?? entry.name)) yield* report(entry, outOfRange(entry, range));
      }
      for (const { entry, before: owner } of committed === undefined ? [] : movedHashes(entries, committed)) {
        yield* report(entry, { ...hashMismatch(entry, [owner], lockfile.uri), where: 'moved', related: [] });
      }
      for (const { entry, edge, before } of committed === undefined
        ? []
        : rewrittenEdges(lockfile, entries, committed)) {
        // npm writes the values of overrides into its old lockfile format.
        if (isReplaced(edge.name)) continue;
        yield* report(entry, {
          ...{ span: edge.specifier.span, name: entry.name, where: 'edge', differs: 'name' },
          installs: `${edge.name}@${shownText(edge.specifier.value)}`,
          target: edge.name,
          ...(before === undefined ? {} : { before: shownText(before) }),
        });
      }
      const isMember = leadsToMember(project);
      let before: ReadonlySet<string> | undefined;
      const isNew = (entry: LockEntry): boolean => {
        if (committed === undefined) return false;
        before ??= new Set(Array.from(undeclaredSources(committed, isMember), (one) => placeOf(one.entry)));
        return !before.has(placeOf(entry));
      };
      for (const undeclared of undeclaredSources(lockfile, isMember, project.rootManifest)) {
        const { entry, mayBeOfHook, isOutside } = undeclared;
        if (isDeclared(entry) || (isOutside && !isNew(entry))) continue;
        const mismatch = sourceMismatch(entry);
        yield* report(
          entry,
          mayBeOfHook && !isNew(entry) ? { ...mismatch, where: 'hook', severity: 'warning' } : mismatch,
        );
      }
      for (const { span, edge, entry, version } of unfitImporterEdges(lockfile)) {
        if (version !== undefined && isReplaced(edge.name)) continue;
        const installs =
          version === undefined
            ? formatPackage(entry!.name, entry!.version?.value)
            : shownText(edge.specifier.value);
        yield {
          span,
          data: {
            ...{ key: edge.name, name: edge.name, installs },
            where: version === undefined ? 'entry' : 'range',
            differs: version === undefined ? 'name' : 'version',
          },
          package: edge.name,
          ...(version === undefined ? {} : { version }),
          target: entry?.name ?? edge.name,
        };
      }
    },
  },
  message({ data: { key, name, where, differs, installs, before }, version }, base) {
    if (where === 'edge') {
      const was = before === undefined ? 'without it' : `with ${JSON.stringify(before)}`;
      return `${formatPackage(name, version)} depends on ${installs} here, but ${was} in ${describeBase(base)}, with the same hash. ${RESTORE_ENTRY}`;
    }
    if (where === 'entry') {
      return differs === 'name'
        ? `The entry "${key}" installs ${installs} in place of ${name}, and nothing declares that. ${RESTORE_ENTRY}`
        : `The entry "${key}" says that it is ${formatPackage(name, version)} but installs ${installs}. ${RESTORE_ENTRY}`;
    }
    if (where === 'source')
      return `The entry "${key}" takes ${name} from ${installs}, but its dependents ask for a registry package. ${RESTORE_ENTRY}`;
    if (where === 'hook')
      return `The entry "${key}" takes ${name} from ${installs}, which a .pnpmfile.cjs may use in place of a registry package. Make sure that it does.`;
    if (where === 'hash')
      return `${formatPackage(name, version)} has the same hash here as ${installs}. Only one of them can be the published hash. ${RESTORE_ENTRY}`;
    if (where === 'hashes')
      return `${formatPackage(name, version)} and ${installs} each have the same hash here as another of them. ${RESTORE_ENTRY}`;
    if (where === 'moved')
      return `${formatPackage(name, version)} has the hash of ${installs} in ${describeBase(base)}. Only one of them can be the published hash. ${RESTORE_ENTRY}`;
    if (where === 'merged')
      return `The entry "${key}" installs ${formatPackage(name, version)}, which is not in ${JSON.stringify(installs)}: Yarn up to 1.22.19 merges entries of aliases so. Update Yarn to 1.22.22, remove this entry and run yarn install.`;
    if (where === 'range')
      return `The entry "${key}" installs ${formatPackage(name, version)}, which is not in ${JSON.stringify(installs)}. ${RESTORE_ENTRY}`;
    if (where === 'shape')
      return `The URL of ${formatPackage(name, version)} is not that of a registry's tarball (${installs}). ${RESTORE_ENTRY}`;
    if (where === 'spelling')
      return `The URL of ${formatPackage(name, version)} is requested as ${installs}, and not as it is written. ${RESTORE_ENTRY}`;
    const other = differs === 'name' ? 'another package' : 'another version';
    return `The entry "${key}" is for ${formatPackage(name, version)} but downloads ${installs}, ${other}. ${RESTORE_ENTRY}`;
  },
  *fix({ span }, { project, uri }) {
    yield* restoreCommand(uri, project, span);
  },
});

/**
 * Returns unfit versions. All count for Bun, which never writes such a lockfile; only new ones for npm, which keeps
 * trees of its older versions.
 */
function unfitIn(
  lockfile: Lockfile,
  committed: Lockfile | undefined,
  entries: readonly LockEntry[],
): Iterable<UnfitPackage> {
  if (isBunLockfile(lockfile)) return unfitPackages(lockfile);
  const isNpm = lockfile.format === 'package-lock' || lockfile.format === 'npm-shrinkwrap';
  return isNpm && committed !== undefined ? unfitSince(lockfile, committed, entries) : [];
}

interface Mismatch extends Omit<EntryMismatch, 'key'> {
  readonly span: Span;
  readonly target: string;
  readonly related?: readonly Related[];
  readonly severity?: Severity;
}

/** Compares versions for Yarn, whose keys contain the declared ranges. */
function rangeMismatch(entry: LockEntry, isReplaced: (name: string) => boolean): Mismatch | undefined {
  const range = entry instanceof YarnTapeEntry ? unfitDeclaration(entry) : undefined;
  if (range === undefined || isReplaced(entry.alias ?? entry.name)) return undefined;
  const mismatch = outOfRange(entry, range);
  const isMerged = entry instanceof ClassicLockEntry && isMergedAlias(entry);
  return isMerged ? { ...mismatch, where: 'merged', severity: 'warning' } : mismatch;
}

function outOfRange({ name, version, keySpan }: LockEntry, range: string): Mismatch {
  const span = version?.span ?? keySpan;
  return { span, name, where: 'range', differs: 'version', installs: shownText(range), target: name };
}

/** Up to this number of packages with the same hash, each is reported; beyond it only the first. */
const HANDFUL = 5;
/** Up to this number of shared hashes, each is reported; nobody reads a longer list. */
const LISTED = 20;

/**
 * Reports a hash shared by two packages at both, as nothing reveals which one was changed; many of them once, with
 * their number.
 */
function* hashMismatches(
  shared: readonly SharedHash[],
  { uri }: Lockfile,
): Generator<readonly [LockEntry, Mismatch]> {
  const [first] = shared;
  if (first === undefined) return;
  if (shared.length > LISTED) {
    const total = shared.reduce((sum, packages) => sum + packages.length, 0);
    const installs = plural(total - 1, 'other package');
    yield [first[0], { ...hashMismatch(first[0], first.slice(1), uri), where: 'hashes', installs }];
    return;
  }
  for (const packages of shared) {
    const reported = packages.length > HANDFUL ? packages.slice(0, 1) : packages;
    for (const entry of reported) {
      const others = packages.filter((other) => other !== entry);
      yield [entry, hashMismatch(entry, others, uri)];
    }
  }
}

function hashMismatch(entry: LockEntry, others: readonly LockEntry[], uri: Uri): Mismatch {
  const { name } = entry;
  const place = (one: LockEntry) => (one.integrity ?? one.checksum)?.span ?? one.keySpan;
  const other = others[0]!;
  const isMany = others.length >= HANDFUL;
  return {
    span: place(entry),
    name,
    where: 'hash',
    differs: other.name === name ? 'version' : 'name',
    installs: isMany
      ? plural(others.length, 'other package')
      : formatPackage(other.name, other.version?.value),
    target: other.name,
    related: others
      .slice(0, isMany ? HANDFUL : 1)
      .map((one) => ({ uri, span: place(one), message: 'This has the same hash.' })),
  };
}

function placeOf({ key, source, resolved }: LockEntry): string {
  return `${key} ${source} ${resolved?.value}`;
}

const PLACES: Partial<Record<LockEntry['source'], string>> = { git: 'git', tarball: 'a URL' };

function sourceMismatch(entry: LockEntry): Mismatch {
  const address = entry.resolved === undefined ? undefined : parseWebUrl(entry.resolved.value);
  const host = address === undefined || address.host === '' ? '' : ` (${address.host})`;
  const installs = `${PLACES[entry.source] ?? 'a path'}${host}`;
  // Bun writes the root without its name.
  const name = entry.name === '' ? (entry.alias ?? '') : entry.name;
  const span = entry.resolved?.span ?? namingSpan(entry);
  return { span, name, where: 'source', differs: 'name', installs, target: name };
}

function ofUrl(
  { resolved, name }: LockEntry,
  mismatch: ReturnType<ReturnType<typeof urlJudge>>,
): Mismatch | undefined {
  return mismatch === undefined ? undefined : { span: resolved!.span, name, ...mismatch };
}

/** Detects an entry that states another name than requested, or another version than its own in a `resolution`. */
function statedOtherwise(entry: LockEntry, aliases: Aliases): Mismatch | undefined {
  const { name } = entry;
  const folder = foreignFolder(entry, aliases);
  if (folder !== undefined) {
    const installs = formatPackage(name, entry.version?.value);
    return { span: namingSpan(entry), name: folder, where: 'entry', differs: 'name', installs, target: name };
  }
  if (!(entry instanceof BerryLockEntry)) return undefined;
  const located = /^npm:([^:]+)/.exec(entry.locator.reference)?.[1];
  const version = entry.version?.value;
  if (located === undefined || version === undefined || isSameVersion(located, version)) return undefined;
  const installs = `${name} ${located}`;
  return { span: entry.resolution.span, name, where: 'entry', differs: 'version', installs, target: name };
}

/** Returns the token that identifies the package. */
function namingSpan(entry: LockEntry): Span {
  if (entry instanceof BerryLockEntry || entry instanceof BunLockEntry) return entry.resolution.span;
  return entry.resolved?.span ?? entry.keySpan;
}
