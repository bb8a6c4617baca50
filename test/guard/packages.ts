import type { Advisories } from '../registry-servers/support/advisories.ts';
import {
  type PackageFixture,
  pack,
  type VersionFixture,
} from '../registry-servers/support/package-fixture.ts';

const DAY = 24 * 60 * 60 * 1000;

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY).toISOString();
}

/** A package that many use, with four versions over a year, each on a day of its own. */
function used(name: string, last: VersionFixture = {}, earlier: VersionFixture = {}): PackageFixture {
  const versions = {
    '1.0.0': { at: '2025-09-03', ...earlier },
    '1.0.1': { at: '2025-12-04', ...earlier },
    '1.1.0': { at: '2026-03-05', ...earlier },
    '1.2.0': { at: '2026-06-06', ...last },
  };
  const document = { repository: { type: 'git', url: `git+https://git.example.test/tidy/${name}.git` } };
  return pack(name, versions, { downloads: 900_000, document });
}

/** Somebody of another organization. */
const MALLORY = { name: 'mallory', email: 'mallory@elsewhere.test' };

/** The names in the registry that stands for the public one. */
export const PACKAGES: readonly PackageFixture[] = [
  used('tidy-columns', { dependencies: { 'tidy-rows': '^1.0.0', 'tidy-cells': '^1.0.0' } }),
  used('tidy-rows'),
  used('tidy-cells'),
  used('tidy-cli', {
    dependencies: { 'tidy-rows': '^1.0.0' },
    manifest: { bin: { 'tidy-cli': 'package.json' } },
  }),
  // Typosquats of popular names.
  pack('lodahs', { '1.0.0': { at: daysAgo(12) } }, { maintainers: ['mallory'], downloads: 3 }),
  pack('reactt', { '1.0.0': { at: daysAgo(15) } }, { maintainers: ['mallory'], downloads: 3 }),
  used('needs-lodahs', { dependencies: { lodahs: '^1.0.0' } }),
  // Days old.
  used('fresh-release', { at: daysAgo(1) }),
  used('needs-fresh', { dependencies: { 'fresh-release': '^1.0.0' } }),
  pack('born-yesterday', { '1.0.0': { at: daysAgo(2) } }, { maintainers: ['mallory'], downloads: 3 }),
  // Taken over.
  used('other-publisher', { at: daysAgo(20), by: MALLORY }),
  used('needs-other-publisher', { dependencies: { 'other-publisher': '^1.0.0' } }),
  pack(
    'long-asleep',
    {
      '1.0.0': { at: '2021-02-03' },
      '1.0.1': { at: '2022-03-04' },
      '2.0.0': { at: daysAgo(10) },
      '3.0.0': { at: daysAgo(9.9999) },
      '4.0.0': { at: daysAgo(9.9998) },
    },
    { downloads: 900_000 },
  ),
  used('added-dependency', { at: daysAgo(10), dependencies: { 'planted-helper': '^1.0.0' } }),
  pack('planted-helper', { '1.0.0': { at: daysAgo(11) } }, { maintainers: ['mallory'], downloads: 3 }),
  used('lost-provenance', { at: daysAgo(20) }, { provenance: 'tidy/lost-provenance' }),
  // Malware three levels down.
  used('level-one', { dependencies: { 'level-two': '^1.0.0' } }),
  used('level-two', { dependencies: { 'level-three': '^1.0.0' } }),
  used('level-three', { dependencies: { 'flatmap-stream': '0.1.1' } }),
  pack('flatmap-stream', { '0.1.1': { at: '2018-09-09' } }, { maintainers: ['mallory'] }),
  // Known vulnerability.
  used('leaks-memory'),
  // Install scripts.
  used('runs-script', { scripts: { postinstall: 'echo ran' } }),
  used('needs-script', { dependencies: { 'runs-script': '^1.0.0' } }),
  // Unknown names.
  used('needs-nobody', { dependencies: { 'name-of-nobody': '^1.0.0' } }),
  // Impostors of a private scope.
  pack('@acme/ui', { '99.0.0': { at: '2025-01-02' } }, { maintainers: ['mallory'], downloads: 3 }),
];

/** The names in the private registry. */
export const PRIVATE: readonly PackageFixture[] = [used('@acme/ui'), used('@acme/core')];

export const ADVISORIES: Advisories = {
  'leaks-memory': [
    {
      id: 1_000_001,
      url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
      title: 'Remote code execution in leaks-memory',
      severity: 'critical',
      vulnerable_versions: '<=1.2.0',
      cwe: ['CWE-94'],
      cvss: { score: 9.8, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
    },
  ],
};
