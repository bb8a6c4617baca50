import type {
  WatchedAdvisory,
  WatchedDependency,
  WatchedVersion,
  WatchRecord,
} from '../../../../server/src/core/show/watch/watch-record.ts';

export const NOON = Date.parse('2026-11-24T12:00:00Z');

/** Returns a dependency without problems. */
export function dependency(name: string, rest: Partial<WatchedDependency> = {}): WatchedDependency {
  return {
    name,
    versions: [version('1.2.0')],
    newest: { version: '1.2.0', waitsUntil: null },
    publisher: { version: '1.2.0', name: 'ana', isUnlikeBefore: false },
    release: { version: '1.2.0', hasScript: false, trust: 'trusted' },
    lines: [],
    maintainers: ['ana'],
    isListed: true,
    ...rest,
  };
}

export function version(text: string, rest: Partial<WatchedVersion> = {}): WatchedVersion {
  return {
    version: text,
    advisories: [],
    toldBy: ['bundled', 'registry'],
    deprecated: false,
    isListed: true,
    ...rest,
  };
}

export function advisory(id: string, rest: Partial<WatchedAdvisory> = {}): WatchedAdvisory {
  return {
    ids: [id],
    source: 'registry',
    severity: 'high',
    about: 'command injection',
    fixedIn: '1.2.1',
    isMalware: false,
    isDoubtful: false,
    isAccepted: false,
    ...rest,
  };
}

export function record(...dependencies: readonly WatchedDependency[]): WatchRecord {
  return { takenAt: NOON, dependencies, lookAlikes: [], accounts: [] };
}
