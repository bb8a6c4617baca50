import { type PackageFixture, pack } from '../../../registry-servers/support/package-fixture.ts';
import { advisory, malware } from './remedy-harness.ts';

/** A way for a bad version to get into the project of the fixtures, and its fix. */
export interface StaleCase {
  readonly bad: { readonly name: string; readonly version: string };
  readonly kind: 'direct' | 'refresh' | 'parent' | 'override';
  /** The versions that the package manager locks instead. */
  readonly locks: readonly string[];
}

/** The malware first: it is no longer on the registry, so that nothing installs before it is removed. */
export const STALE_CASES: readonly StaleCase[] = [
  { bad: { name: 'evil', version: '1.0.1' }, kind: 'direct', locks: ['1.0.0'] },
  { bad: { name: 'inrange', version: '1.0.0' }, kind: 'direct', locks: ['1.2.0'] },
  { bad: { name: 'pinned', version: '1.0.0' }, kind: 'direct', locks: ['2.0.0'] },
  { bad: { name: 'deep', version: '1.0.0' }, kind: 'refresh', locks: ['1.1.0'] },
  { bad: { name: 'old', version: '1.0.0' }, kind: 'parent', locks: ['1.1.0'] },
  { bad: { name: 'stuck', version: '1.0.0' }, kind: 'override', locks: ['1.1.0'] },
  { bad: { name: 'lined', version: '1.0.0' }, kind: 'override', locks: ['1.1.0', '2.0.0'] },
  { bad: { name: 'kept', version: '1.0.0' }, kind: 'override', locks: ['1.1.0'] },
];

/** The project's declarations. An override of "kept" to 1.0.0 accompanies them. */
export const STALE_DEPENDENCIES = {
  bringer: '^1.0.0',
  evil: '^1.0.0',
  first: '^1.0.0',
  holder: '^1.0.0',
  inrange: '^1.0.0',
  keeper: '^1.0.0',
  pinned: '1.0.0',
  second: '^1.0.0',
  user: '^1.0.0',
} as const;

export const STALE_ADVISORIES: readonly object[] = [
  advisory('inrange', 'GHSA-aaaa-aaaa-aaa2', [['0', '1.2.0']]),
  advisory('pinned', 'GHSA-aaaa-aaaa-aaa3', [['0', '2.0.0']]),
  malware('evil', 'MAL-2026-1', ['1.0.1']),
  advisory('deep', 'GHSA-aaaa-aaaa-aaa4', [['0', '1.1.0']]),
  advisory('old', 'GHSA-aaaa-aaaa-aaa5', [['0', '1.1.0']]),
  advisory('stuck', 'GHSA-aaaa-aaaa-aaa6', [['0', '1.1.0']]),
  advisory('lined', 'GHSA-aaaa-aaaa-aaa7', [['0', '1.1.0']]),
  advisory('kept', 'GHSA-aaaa-aaaa-aaa8', [['0', '1.1.0']]),
];

/** The registry's packages when the project was locked. */
export const FIRST_PACKAGES: readonly PackageFixture[] = [
  pack('inrange', { '1.0.0': {} }),
  pack('pinned', { '1.0.0': {} }),
  pack('evil', { '1.0.0': {}, '1.0.1': {} }),
  pack('deep', { '1.0.0': {} }),
  pack('holder', { '1.0.0': { dependencies: { deep: '^1.0.0' } } }),
  pack('old', { '1.0.0': {} }),
  pack('bringer', { '1.0.0': { dependencies: { old: '1.0.0' } } }),
  pack('stuck', { '1.0.0': {} }),
  pack('keeper', { '1.0.0': { dependencies: { stuck: '1.0.0' } } }),
  pack('lined', { '1.0.0': {}, '2.0.0': {} }),
  pack('first', { '1.0.0': { dependencies: { lined: '~1.0.0' } } }),
  pack('second', { '1.0.0': { dependencies: { lined: '^2.0.0' } } }),
  pack('kept', { '1.0.0': {} }),
  pack('user', { '1.0.0': { dependencies: { kept: '^0.9.0' } } }),
];

/** The current ones: fixed versions, of which the lowest is not always the latest, and without the malware. */
export const LATER_PACKAGES: readonly PackageFixture[] = [
  pack('inrange', { '1.0.0': {}, '1.1.0': {}, '1.2.0': {} }),
  pack('pinned', { '1.0.0': {}, '1.0.1': {}, '2.0.0': {} }),
  pack('evil', { '1.0.0': {} }),
  pack('deep', { '1.0.0': {}, '1.1.0': {} }),
  pack('old', { '1.0.0': {}, '1.1.0': {} }),
  pack('bringer', {
    '1.0.0': { dependencies: { old: '1.0.0' } },
    '1.1.0': { dependencies: { old: '^1.1.0' } },
  }),
  pack('stuck', { '1.0.0': {}, '1.1.0': {} }),
  pack('lined', { '1.0.0': {}, '1.1.0': {}, '2.0.0': {} }),
  pack('kept', { '1.0.0': {}, '1.1.0': {} }),
];

/** Returns the current documents of the registry. */
export function laterDocuments(): Readonly<Record<string, object>> {
  const all = new Map([...FIRST_PACKAGES, ...LATER_PACKAGES].map((each) => [each.name, each]));
  return Object.fromEntries([...all].map(([name, fixture]) => [name, documentOf(fixture)]));
}

function documentOf({ versions }: PackageFixture): object {
  const all = Object.keys(versions);
  return {
    'dist-tags': { latest: all.at(-1) },
    versions: Object.fromEntries(
      all.map((version) => [version, { version, dependencies: versions[version]!.dependencies ?? {} }]),
    ),
    time: Object.fromEntries(all.map((version, at) => [version, `2026-03-0${at + 1}T00:00:00.000Z`])),
  };
}
