import { mergeAccounts } from './new-packages.ts';
import type { WatchedDependency, WatchedVersion, WatchRecord } from './watch-record.ts';

/**
 * Returns the record to store after a look: what it saw, and the previous facts about everything it could not see.
 *
 * @param isWhole whether every file with declarations or locked versions was read; otherwise a missing dependency may
 * still exist
 */
export function mergeRecords(
  before: WatchRecord | undefined,
  now: WatchRecord,
  isWhole: boolean,
): WatchRecord {
  if (before === undefined) return now;
  const known = new Map(before.dependencies.map((dependency) => [dependency.name, dependency]));
  const merged = now.dependencies.map((dependency) =>
    mergeDependency(known.get(dependency.name), dependency),
  );
  const seen = new Set(now.dependencies.map(({ name }) => name));
  const unseen = isWhole ? [] : before.dependencies.filter(({ name }) => !seen.has(name));
  const dependencies = [...merged, ...unseen].sort((a, b) => (a.name < b.name ? -1 : 1));
  const unknown = new Map(before.lookAlikes.map((each) => [each.name, each]));
  const lookAlikes = now.lookAlikes.map((each) =>
    each.version === null ? (unknown.get(each.name) ?? each) : each,
  );
  const accounts = mergeAccounts(before.accounts, now.accounts);
  return { takenAt: now.takenAt, dependencies, lookAlikes, accounts };
}

function mergeDependency(before: WatchedDependency | undefined, now: WatchedDependency): WatchedDependency {
  if (before === undefined) return now;
  const versions = now.versions.map((each) =>
    mergeVersion(
      before.versions.find(({ version }) => version === each.version),
      each,
    ),
  );
  return {
    name: now.name,
    versions: versions.length === 0 ? before.versions : versions,
    newest: now.newest ?? before.newest,
    publisher: now.publisher ?? before.publisher,
    release: mergeRelease(before.release, now.release),
    lines: now.lines ?? before.lines,
    maintainers: now.maintainers ?? before.maintainers,
    isListed: now.isListed ?? before.isListed,
  };
}

/** Keeps an earlier release whose facts are better known: the next known one is compared with it. */
function mergeRelease(
  before: WatchedDependency['release'],
  now: WatchedDependency['release'],
): WatchedDependency['release'] {
  if (before === null || now === null) return now ?? before;
  return { ...now, hasScript: now.hasScript ?? before.hasScript, trust: now.trust ?? before.trust };
}

function mergeVersion(before: WatchedVersion | undefined, now: WatchedVersion): WatchedVersion {
  if (before === undefined) return now;
  const silent = before.toldBy.filter((source) => !now.toldBy.includes(source));
  const ids = new Set(now.advisories.flatMap((advisory) => advisory.ids));
  // Only a source that answers again can have withdrawn something.
  const kept =
    silent.length === 0 ? [] : before.advisories.filter((each) => !each.ids.some((id) => ids.has(id)));
  return {
    version: now.version,
    advisories: [...now.advisories, ...kept],
    toldBy: [...now.toldBy, ...silent],
    deprecated: now.deprecated ?? before.deprecated,
    isListed: now.isListed ?? before.isListed,
  };
}
