import { type HashStrength, hashStrength } from '../../read/lockfile/faults/hash-strength.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { writerOf } from '../../read/lockfile/writer-of.ts';
import { usualCacheKeys } from '../../read/lockfile/yarn-berry/cache-keys.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { firstLine } from '../../read/text/lines/first-line.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { findSourceFaults } from '../entries/source-faults.ts';

/**
 * Without a hash, anything the server sends is installed, and all managers but pnpm silently accept a removed hash.
 * Known false positives: lockfiles that npm 7 to 9 wrote over an installed tree, which lack a few hashes for harmless
 * reasons; the packages are unverified all the same. A fix needs the registry's own hash: `npm install
 * --package-lock-only` keeps such an entry as it is.
 */
interface IntegrityMissing {
  readonly name: string;
  readonly kind: 'missing' | 'other-cache' | 'unknown' | 'weak' | 'whole-file' | 'many-weak';
  /** The algorithm of a weak hash. */
  readonly algorithm: string | null;
  readonly foreignHost: string | null;
  /** The format's term for the hash. */
  readonly word: 'integrity hash' | 'checksum';
  /** The first version of the package manager that writes one for a web URL, if earlier ones did not. */
  readonly since: string | null;
  /** The command that generates hashes for removed entries. */
  readonly command: string;
  /** The number of packages concerned. */
  readonly count: number;
  /** The number of all registry packages in the file. */
  readonly total: number;
}

export const lockfileIntegrityMissing = defineRule({
  id: 'lockfile-integrity-missing',
  category: 'lockfile',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A lockfile entry of a registry package without a hash, or with a weak one.',
    why: `The \`integrity\` of an entry ties a version to one exact tarball. npm, Yarn and Bun install an entry
without it and verify nothing. Yarn does not verify a checksum that begins with the key of another cache format than
its own. SHA-1 and MD5 can be forged, so entries with nothing better are reported too. A few are reported one by one,
many once a file, as in lockfiles that began with npm 5 or 6.

Packages from git, local files and links have no hash by design. An entry of npm without a URL needs none: npm asks
the registry for that version and verifies the download by the registry's hash.`,
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
      const missing = unverified.filter(({ strength }) => strength.kind === 'missing');
      const total = missing.length + verified;
      const top = lockfile.formatVersion?.span ?? firstLine(lockfile.text);
      const ofFile = {
        ...NO_ENTRY,
        word: writerOf(lockfile).lockfile.hashName,
        command: writerOf(lockfile).commands.update,
        total,
      };
      if (missing.length > 1 && verified === 0) {
        yield { span: top, data: { ...ofFile, kind: 'whole-file', count: missing.length } };
        return;
      }
      const weak = unverified.filter(({ strength }) => strength.kind === 'weak');
      const manyWeak = weak.length > MOST_WEAK;
      if (manyWeak) {
        yield {
          span: top,
          data: { ...ofFile, kind: 'many-weak', count: weak.length },
          related: weak.map(({ entry, strength }) => ({
            uri: lockfile.uri,
            span: entry.keySpan,
            message: `${formatPackage(entry.name, entry.version?.value)} is verified by ${algorithmOf(strength)} only.`,
          })),
        };
      }
      const isUnhashed = ({ kind }: HashStrength) =>
        kind === 'missing' || kind === 'other-cache' || kind === 'unknown';
      const faults = unverified.some(({ strength }) => isUnhashed(strength))
        ? findSourceFaults(lockfile, project).faults
        : undefined;
      for (const { entry, strength } of unverified) {
        const { kind } = strength;
        if (kind === 'weak' && manyWeak) continue;
        const fault = isUnhashed(strength) ? faults?.get(entry) : undefined;
        const foreignHost = fault?.reason === 'foreign' ? fault.host : null;
        yield {
          span: entry.keySpan,
          data: {
            ...ofFile,
            name: entry.name,
            kind,
            algorithm: algorithmOf(strength),
            foreignHost,
            since:
              entry.source === 'tarball' && entry.resolved !== undefined
                ? (specOfLockfile(lockfile.format).lockfile.hashesUrlsSince ?? null)
                : null,
            count: 1,
          },
          ...(foreignHost === null ? {} : { severity: 'error' }),
          ...(kind === 'missing' ? { cause: 'hash' } : {}),
          package: entry.name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
        };
      }
    },
  },
  message({ data: { name, kind, algorithm, foreignHost, word, since, command, count, total }, version }) {
    const what = formatPackage(name, version);
    const effect =
      foreignHost === null
        ? ', so its download is not verified'
        : ` and is fetched from ${foreignHost}, which can serve any file`;
    switch (kind) {
      case 'whole-file':
        return `None of the ${count} registry packages in this file has ${aWord(word)}, so no download is verified. Restore the file from git or, if it never had them, remove it and run: ${command}`;
      case 'weak':
        return `${what} is verified by ${algorithm} only, which can be forged. ${restoreOrLock('a stronger one', 'lock it again for a sha512 hash')}`;
      case 'many-weak':
        return `${count} of the ${total} registry packages in this file are verified by SHA-1 or MD5 only, which can be forged. Remove their entries and run: ${command}`;
      case 'unknown':
        return `${what} has an integrity hash of an unknown kind${effect}. ${restoreOrLock('another')}`;
      case 'other-cache':
        return `${what} has a checksum of another cache format${effect}. ${restoreOrLock('another')}`;
      case 'missing': {
        const again = since === null ? 'lock it again' : `lock it again with ${since} or later`;
        return `${what} has no ${word}${effect}. ${restoreOrLock('one', again)}`;
      }
    }
  },
});

/** As for a hash that differs from the base: a lost hash is restored, and only one that never existed is generated. */
function restoreOrLock(had: string, again = 'lock it again'): string {
  return `Restore the entry from git or, if it never had ${had}, remove it and ${again}.`;
}

/** Beyond this number, weak entries are one finding: nobody fixes a thousand of them individually. */
const MOST_WEAK = 10;

const NO_ENTRY = { name: '', algorithm: null, foreignHost: null, since: null } as const;

interface Unverified {
  readonly entry: LockEntry;
  readonly strength: HashStrength & { readonly kind: 'missing' | 'other-cache' | 'unknown' | 'weak' };
}

/** Sorts downloads with a missing or weak hash, and counts those with any. */
function sortEntries(lockfile: Lockfile): {
  readonly unverified: readonly Unverified[];
  readonly verified: number;
} {
  const unverified: Unverified[] = [];
  const cacheKeys = usualCacheKeys(lockfile);
  const { asksForMissingUrl } = specOfLockfile(lockfile.format).lockfile;
  // Without a URL, npm asks the registry for the version and verifies the download with the registry's hash.
  const isAskedFor = ({ source, resolved }: LockEntry) =>
    asksForMissingUrl && source === 'registry' && (resolved === undefined || resolved.value === '');
  let verified = 0;
  for (const entry of lockfile.entries) {
    const strength = hashStrength(entry, cacheKeys);
    if (strength.kind === 'exempt' || (strength.kind === 'missing' && isAskedFor(entry))) continue;
    if (strength.kind !== 'missing' && strength.kind !== 'unknown') verified++;
    if (strength.kind !== 'strong') unverified.push({ entry, strength: strength as Unverified['strength'] });
  }
  return { unverified, verified };
}

function algorithmOf(strength: HashStrength): string | null {
  return strength.kind === 'weak' ? strength.algorithm : null;
}

function aWord(word: IntegrityMissing['word']): string {
  return word === 'checksum' ? 'a checksum' : 'an integrity hash';
}
