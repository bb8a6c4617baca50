import semver from 'semver';
import type { LockEntry } from '../lockfile/lockfile.ts';
import { readTarballAddress, versionInFile } from '../lockfile/tarball-address.ts';
import { packageWords } from '../text/package-words.ts';
import { nameOf } from '../text/uri.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * An entry whose address and hash are those of another package installs that package: npm 11 and 12, Yarn and Bun do
 * not compare them. Known false positives: none; an address of another shape than `name/-/name-1.0.0.tgz` is let pass.
 */
interface EntryMismatch {
  readonly key: string;
  readonly name: string;
  readonly differs: 'name' | 'version';
  /** What the address is of, as far as it says. */
  readonly downloads: string;
}

export const lockfileEntryMismatch = defineRule({
  id: 'lockfile-entry-mismatch',
  category: 'lockfile',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A lockfile entry whose address is that of another package or version.',
    why: `An entry with the address and the hash of another package installs that other package under the entry's name. npm 11
and 12, Yarn and Bun all do so without a word, because they check the download against the hash and nothing against the
name.`,
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
  check: {
    *lockfile(lockfile, { project }): Generator<Found<EntryMismatch>> {
      for (const entry of lockfile.entries) {
        if (entry.source !== 'registry') continue;
        const resolved = entry.resolved;
        if (resolved === undefined || isPlainly(entry, resolved.value)) continue;
        const mismatch = mismatchOf(entry, resolved.value);
        if (mismatch === undefined || project.exoticNames.has(entry.alias ?? entry.name)) continue;
        const { name } = entry;
        yield {
          span: resolved.span,
          data: { key: entry.key, name, ...mismatch },
          package: name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
          target: mismatch.target,
        };
      }
    },
  },
  message({ data: { key, name, differs, downloads }, version }) {
    const other = differs === 'name' ? 'another package' : 'another version';
    return `The entry "${key}" is for ${packageWords(name, version)} but downloads ${downloads}, ${other}; find out who changed it.`;
  },
  *fix(_found, { uri }) {
    const lockfileName = nameOf(uri);
    yield {
      title: `Copy the command that restores ${lockfileName} as last committed`,
      applicability: 'display-only',
      edits: [],
      command: `git restore ${lockfileName}`,
    };
  },
});

/** Whether the address ends as nearly all do, for which nothing needs to be taken apart. */
function isPlainly({ name, version }: LockEntry, url: string): boolean {
  if (version === undefined || !url.endsWith('.tgz') || /[?#]/.test(url)) return false;
  const bare = name.slice(name.lastIndexOf('/') + 1);
  const versionStart = url.length - '.tgz'.length - version.value.length;
  const bareStart = versionStart - 1 - bare.length;
  const nameStart = bareStart - '/-/'.length - name.length;
  // Before a name without a scope may stand a scope.
  const before = url[url.lastIndexOf('/', nameStart - 2) + 1];
  return (
    nameStart > 1 &&
    before !== '@' &&
    before !== '%' &&
    url[nameStart - 1] === '/' &&
    url.startsWith(name, nameStart) &&
    url.startsWith('/-/', nameStart + name.length) &&
    url.startsWith(bare, bareStart) &&
    url[versionStart - 1] === '-' &&
    url.startsWith(version.value, versionStart)
  );
}

function mismatchOf(
  entry: LockEntry,
  url: string,
): (Pick<EntryMismatch, 'differs' | 'downloads'> & { readonly target: string }) | undefined {
  const address = /^https?:\/\//i.test(url) ? readTarballAddress(url) : undefined;
  if (address === undefined) return undefined;
  const { name, file } = address;
  if (name !== entry.name) return { differs: 'name', downloads: file, target: name };
  const found = versionInFile(file, entry.name);
  if (found === undefined) {
    // The folder is right and the file is not: only a name with a version behind it says that it is another package's.
    const other = /^(.+?)-(\d+\.\d+\.\d+.*)\.tgz$/.exec(file);
    if (other === null || semver.valid(other[2]) === null) return undefined;
    return { differs: 'name', downloads: file, target: other[1]! };
  }
  const version = entry.version?.value;
  if (
    version === undefined ||
    isSameVersion(found, version) ||
    semver.valid(found, { loose: true }) === null
  ) {
    return undefined;
  }
  return { differs: 'version', downloads: file, target: name };
}

/** Registries leave the build metadata out of file names. */
function isSameVersion(a: string, b: string): boolean {
  const [left, right] = [a, b].map((version) => semver.parse(version, { loose: true })?.version ?? version);
  return left === right;
}
