import type { LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import { findSourceFaults } from '../lockfile/source-faults.ts';
import { packageWords } from '../text/package-words.ts';
import { START } from '../text/span.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * Without a hash whatever the server sends is installed, and npm 11 and 12 take a stripped hash without a word. Known
 * false positives: locks that npm 7 to 9 wrote over an installed tree, which lack a few hashes for no bad reason; the
 * packages are unverified all the same. There is no fix without the registry's own hash: `npm install
 * --package-lock-only` keeps such an entry as it is.
 */
interface IntegrityMissing {
  readonly name: string;
  readonly kind: 'missing' | 'unknown' | 'weak' | 'whole-file' | 'many-weak';
  /** The algorithm of a weak hash. */
  readonly algorithm: string | null;
  readonly foreignHost: string | null;
  /** How many packages it is about. */
  readonly count: number;
  /** Of how many registry packages in the file. */
  readonly total: number;
}

export const lockfileIntegrityMissing = defineRule({
  id: 'lockfile-integrity-missing',
  category: 'lockfile',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A lockfile entry of a registry package without a hash, or with a weak one.',
    why: `The \`integrity\` of an entry is what ties a version to one exact tarball. npm, Yarn and Bun install an entry without
it and verify nothing. SHA-1 and MD5 can be forged, so entries with nothing better are reported too: one by one where they are
few, once a file where they are many, as in lockfiles that began with npm 5 or 6.

Packages from git, local files and links have no hash by design.`,
    bad: `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "^4.17.21", "vue": "^3.5.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "lodash": "^4.17.21", "vue": "^3.5.0" } },
    "node_modules/lodash": {
    ^^^^^^^^^^^^^^^^^^^^^ lockfile-integrity-missing
      "version": "4.17.21",
      "resolved": "https://registry.public.example.test/lodash/-/lodash-4.17.21.tgz"
    },
    "node_modules/vue": {
      "version": "3.5.13",
      "resolved": "https://registry.public.example.test/vue/-/vue-3.5.13.tgz",
      "integrity": "sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ=="
    }
  }
}
`,
    good: `-- package.json --
{ "name": "shop", "dependencies": { "vue": "^3.5.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "vue": "^3.5.0" } },
    "node_modules/vue": {
      "version": "3.5.13",
      "resolved": "https://registry.public.example.test/vue/-/vue-3.5.13.tgz",
      "integrity": "sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ=="
    }
  }
}
`,
  },
  check: {
    *lockfile(lockfile, { project }): Generator<Found<IntegrityMissing>> {
      const { unverified, verified } = sortEntries(lockfile);
      const total = unverified.filter(({ kind }) => kind === 'missing').length + verified;
      const top = lockfile.formatVersion?.span ?? START;
      const missing = unverified.filter(
        ({ kind, entry }) => kind === 'missing' && entry.resolved !== undefined,
      );
      const wholeFile = missing.length > 1 && verified === 0;
      if (wholeFile) {
        yield {
          span: top,
          data: { ...NO_ENTRY, kind: 'whole-file', count: unverified.length, total },
        };
        return;
      }
      const weak = unverified.filter(({ kind }) => kind === 'weak');
      const manyWeak = weak.length > MOST_WEAK;
      if (manyWeak) {
        yield {
          span: top,
          data: { ...NO_ENTRY, kind: 'many-weak', count: weak.length, total },
          related: weak.slice(0, MOST_WEAK).map(({ entry, algorithm }) => ({
            uri: lockfile.uri,
            span: entry.keySpan,
            message: `${packageWords(entry.name, entry.version?.value)} is verified by ${algorithm} only.`,
          })),
        };
      }
      const faults = missing.length > 0 ? findSourceFaults(lockfile, project).faults : undefined;
      for (const { entry, kind, algorithm } of unverified) {
        if (kind === 'weak' && manyWeak) continue;
        const fault = kind === 'missing' ? faults?.get(entry) : undefined;
        const foreignHost = fault?.reason === 'foreign' ? fault.host : null;
        yield {
          span: entry.keySpan,
          data: { name: entry.name, kind, algorithm, foreignHost, count: 1, total },
          ...(foreignHost === null ? {} : { severity: 'error' }),
          package: entry.name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
        };
      }
    },
  },
  message({ data: { name, kind, algorithm, foreignHost, count, total }, version }) {
    const what = packageWords(name, version);
    switch (kind) {
      case 'whole-file':
        return `None of the ${count} registry packages in this file has an integrity hash, so no download is verified; remove the file and lock them again.`;
      case 'weak':
        return `${what} is verified by ${algorithm} only, which can be forged; remove its entry and lock it again for a sha512 hash.`;
      case 'many-weak':
        return `${count} of the ${total} registry packages in this file are verified by SHA-1 or MD5 only, which can be forged; remove their entries and lock them again for sha512 hashes.`;
      case 'unknown':
        return `${what} has an integrity hash of no known kind, so its download is not verified; remove its entry and lock it again.`;
      case 'missing':
        return foreignHost === null
          ? `${what} has no integrity hash, so its download is not verified; remove its entry and lock it again.`
          : `${what} has no integrity hash and is fetched from ${foreignHost}, which may send anything; remove its entry and lock it again.`;
    }
  },
});

/** More weak entries than this are one finding: nobody mends a thousand of them one by one. */
const MOST_WEAK = 10;

const NO_ENTRY = { name: '', algorithm: null, foreignHost: null } as const;

interface Unverified {
  readonly entry: LockEntry;
  readonly kind: 'missing' | 'unknown' | 'weak';
  readonly algorithm: string | null;
}

/** Registry packages whose hash is missing or weak, and how many have any. */
function sortEntries(lockfile: Lockfile): {
  readonly unverified: readonly Unverified[];
  readonly verified: number;
} {
  const unverified: Unverified[] = [];
  let verified = 0;
  for (const entry of lockfile.entries) {
    if ((entry.source !== 'registry' && entry.source !== 'tarball') || entry.bundled) continue;
    const integrity = entry.integrity?.value.trim() ?? '';
    if (integrity.startsWith('sha512-')) verified++;
    else if (integrity !== '') {
      verified++;
      const algorithms = integrity.split(/\s+/).map((hash) => hash.slice(0, Math.max(0, hash.indexOf('-'))));
      if (algorithms.some((algorithm) => /^sha(?:256|384|512)$/.test(algorithm))) continue;
      const algorithm = algorithms.find((name) => name === 'sha1' || name === 'md5') ?? null;
      unverified.push({ entry, kind: algorithm === null ? 'unknown' : 'weak', algorithm });
    } else if (entry.version !== undefined) unverified.push({ entry, kind: 'missing', algorithm: null });
  }
  return { unverified, verified };
}
