import type { PackumentVersion } from '../../know/registry/documents/packument.ts';
import {
  type RegistryDifference,
  registryDifferences,
} from '../../know/registry/releases/registry-differences.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { changedEntries } from '../../read/lockfile/record/changed-entries.ts';
import { redactUserinfo } from '../../read/text/paths/web-url.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { RESTORE_ENTRY, restoreCommand } from '../entries/restore-command.ts';
import { publishedVersion } from './published-version.ts';

/**
 * Package managers install what the lockfile states: they verify the download with the lockfile's own hash, link the
 * lockfile's commands into .bin, and resolve the lockfile's dependencies. Whoever changes an entry changes all of that.
 * Known false positives: a registry that repacks versions and serves other documents than the lockfile was made from.
 */
interface RegistryMismatch {
  readonly what: RegistryDifference['what'];
  readonly here: string;
  readonly there: string | null;
  /** The number of other differences of the entry. */
  readonly others: number;
}

export const lockfileRegistryMismatch = defineRule({
  id: 'lockfile-registry-mismatch',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: ['version'],
  options: {},
  docs: {
    summary: 'A new or changed lockfile entry that differs from its registry.',
    why: `A lockfile entry copies the registry's metadata of one version: its hash, URL, dependencies, commands,
engines and whether it has an install script. Package managers trust the copy. An entry that differs from the registry
was edited by hand or created with another registry.

The rule compares every entry that is new or changed since the base: the last commit, or the commit given with \`check
--base\`. It needs registry access (\`--trust\`, or a trusted folder in the editor). pnpm and Yarn 2 and later do not
copy the registry's dependencies, so these are not compared. Neither are the checksums of Yarn's own zip files.`,
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
      "resolved": "https://registry.public.example.test/minimist/-/minimist-1.2.8.tgz",
      "integrity": "sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ=="
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lockfile-registry-mismatch: minimist 1.2.8 has another sha512 hash than its registry gives. Restore the entry from git and find out who changed it.
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
    base: `{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
`,
    registry: {
      minimist: {
        versions: {
          '1.2.8': {
            dist: {
              integrity:
                'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==',
            },
          },
        },
      },
    },
  },
  check: {
    *lockfile(lockfile, { project, facts, unknown }): Generator<Found<RegistryMismatch>> {
      const { committedLockfile } = project;
      if (committedLockfile === undefined || lockfile !== project.lockfile) return;
      for (const entry of changedEntries(lockfile, committedLockfile)) {
        if (!isOfRegistry(entry) || project.memberNames.has(entry.name)) continue;
        const published = publishedVersion(facts, entry.name, entry.version?.value);
        if (published === undefined) continue;
        yield* judge(entry, lockfile, published);
        if (!hasComparableHash(entry)) unknown(entry.name, 'not-comparable');
      }
    },
  },
  message({ data: { what, here, there, others }, package: name = '', version }) {
    const subject = formatPackage(name, version);
    const more = others === 0 ? '' : `, and ${others} more ${others === 1 ? 'difference' : 'differences'}`;
    return `${subject} ${verdict(what, here, there)}${more}. ${RESTORE_ENTRY}`;
  },
  *fix({ span }, { project, uri }) {
    yield* restoreCommand(uri, project, span);
  },
});

function verdict(what: RegistryMismatch['what'], here: string, there: string | null): string {
  switch (what) {
    case 'hash':
      return `has another ${here} hash than its registry gives`;
    case 'algorithm':
      return here === 'unknown'
        ? 'has a hash that nothing can check, and its registry gives one'
        : `has only a ${here} hash, which its registry does not give`;
    case 'url':
      return `is fetched from ${here}, not from ${there ?? 'the URL'} as its registry says`;
    case 'dependency':
      return `depends on ${here} here, not at its registry`;
    case 'specifier':
      return `depends on another range of ${here} here than at its registry (${there})`;
    case 'missing':
      return `lacks its dependency ${here} here`;
    case 'bin':
      return `installs the command "${here}" here, not at its registry`;
    case 'script':
      return 'has an install script at its registry and none here';
    case 'engines':
      return `has another range of ${here} in "engines" than at its registry`;
  }
}

/** Checks whether the entry claims to come from a registry; other rules judge that claim. */
function isOfRegistry({ source, bundled, version }: LockEntry): boolean {
  return (source === 'registry' || source === 'tarball') && !bundled && version !== undefined;
}

function* judge(
  entry: LockEntry,
  lockfile: Lockfile,
  published: PackumentVersion,
): Generator<Found<RegistryMismatch>> {
  const [first, ...others] = registryDifferences(entry, lockfile, published);
  if (first === undefined) return;
  const { what, here, there, span } = first;
  yield {
    span,
    data: {
      what,
      here: redactUserinfo(here),
      there: there === undefined ? null : redactUserinfo(there),
      others: others.length,
    },
    ...(what === 'engines' || what === 'missing' ? { severity: 'warning' } : {}),
    ...(what === 'hash' || what === 'algorithm' ? { cause: 'hash' } : {}),
    package: entry.name,
    version: entry.version!.value,
    related: others.map((other) => ({
      uri: lockfile.uri,
      span: other.span,
      message: `It ${verdict(other.what, redactUserinfo(other.here), other.there ?? null)}.`,
    })),
  };
}

/**
 * Checks for a hash the registry knows. Yarn 2 and later hash an archive of their own, and another rule reports missing
 * hashes.
 */
function hasComparableHash({ checksum, integrity }: LockEntry): boolean {
  return checksum?.kind !== 'yarn-zip' || integrity !== undefined;
}
