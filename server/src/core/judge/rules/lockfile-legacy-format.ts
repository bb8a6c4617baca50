import semver from 'semver';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { managerOfLockfile, specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { managerTitle } from '../../read/manager/manager-title.ts';
import { specNamed } from '../../read/manager/managers.ts';
import { ignoresShrinkwrap } from '../../read/manager/npm/ignores-shrinkwrap.ts';
import type { PackageManager, PackageManagerName } from '../../read/manager/package-manager.ts';
import type { Project } from '../../read/project/project.ts';
import { firstLine } from '../../read/text/lines/first-line.ts';
import { nameOf, type Uri } from '../../read/text/paths/uri.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Old formats lack what other rules check, and the next install rewrites them, usually unreviewed. lockfile-multiple
 * covers a file that the package manager does not read at all. Known false positives: a project that stays on npm 6 on
 * purpose.
 */
interface Legacy {
  /** The name of a package manager: a format that it reads and rewrites. */
  readonly kind: 'npm-1' | 'npm-none' | 'shrinkwrap' | 'binary' | 'unknown' | PackageManagerName;
  readonly file: string;
  /** The format's version as written, or null. */
  readonly format: string | null;
  /** The package manager's major version, if the finding depends on it. */
  readonly major: number | null;
  readonly manager: PackageManager['name'];
  /** The command that writes the current format, if there is one. */
  readonly command: string | null;
}

export const lockfileLegacyFormat = defineRule({
  id: 'lockfile-legacy-format',
  category: 'lockfile',
  preset: 'recommended',
  severity: 'information',
  facts: [],
  options: {},
  docs: {
    summary: 'A lockfile in an old or unsupported format.',
    why: `A lockfile of npm up to 6 does not record which packages have install scripts, which dependencies are
peers, or what package.json declared. It cannot be compared with the manifest. The binary lockfile of Bun cannot be
reviewed in a pull request at all. npm 12 no longer reads npm-shrinkwrap.json.

A lockfile in a format that is newer than this extension is reported as not checked, rather than shown as clean.`,
    bad: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 1,
                     ^ lockfile-legacy-format: package-lock.json is in the format of npm 5 and 6, which does not record install scripts or peer dependencies. Rewrite it with npm 7 or later.
  "dependencies": {}
}
`,
    good: `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": { "": { "name": "shop" } }
}
`,
  },
  check: {
    *lockfile(lockfile, { project }): Generator<Found<Legacy>> {
      const judged = isRead(lockfile, project) ? judge(lockfile, project) : undefined;
      if (judged === undefined) return;
      const isGrave = ['npm-1', 'npm-none', 'shrinkwrap', 'binary'].includes(judged.kind);
      const { format } = lockfile;
      const span =
        judged.kind === 'shrinkwrap' || lockfile.formatVersion === undefined
          ? firstLine(lockfile.text)
          : lockfile.formatVersion.span;
      yield {
        span,
        data: {
          ...judged,
          file: nameOf(lockfile.uri),
          format: lockfile.formatVersion?.value.slice(0, 40) ?? null,
          manager: managerOfLockfile(format),
        },
        ...(isGrave ? { severity: 'warning' } : {}),
      };
    },
  },
  message({ data: { kind, file, format, major, manager } }) {
    const name = managerTitle(manager, major ?? undefined);
    switch (kind) {
      case 'npm-1':
        return `${file} is in the format of npm 5 and 6, which does not record install scripts or peer dependencies. Rewrite it with npm 7 or later.`;
      case 'npm-none':
        return `${file} has no lockfileVersion, as npm up to 4 wrote it, and does not record install scripts or peer dependencies. Rewrite it with npm 7 or later.`;
      case 'shrinkwrap':
        return `${name} does not read ${file}, so it locks nothing. Rename it to package-lock.json.`;
      case 'binary':
        return `${file} is binary and cannot be reviewed or checked. Let Bun write bun.lock instead.`;
      case 'unknown':
        return `${file} is in format ${format}, which is not supported, so nothing in it is checked.`;
      default:
        return `${file} is in format ${format}${specNamed(kind).lockfile.former?.describe(name)}`;
    }
  },
  *fix({ data: { command } }) {
    if (command === null) return;
    const title = `Copy the command that rewrites it: ${command}`;
    yield { title, applicability: 'display-only', edits: [], command };
  },
});

type Judged = Pick<Legacy, 'kind' | 'major' | 'command'>;

/** Checks whether the lockfile is one its package manager reads, in the root directory. */
function isRead({ uri, format }: Lockfile, { manager, lockfiles }: Project): boolean {
  if (managerOfLockfile(format) !== manager.name || !lockfiles.some((one) => one.uri === uri)) return false;
  if (nameOf(uri) === 'bun.lockb') return !has(lockfiles, 'bun.lock');
  return (
    nameOf(uri) !== 'package-lock.json' ||
    ignoresShrinkwrap(manager) ||
    !has(lockfiles, 'npm-shrinkwrap.json')
  );
}

function judge(lockfile: Lockfile, { manager, lockfiles }: Project): Judged | undefined {
  const version = lockfile.formatVersion?.value;
  const major = manager.version === undefined ? null : semver.major(manager.version);
  const name = nameOf(lockfile.uri);
  if (name === 'bun.lockb') {
    return {
      kind: 'binary',
      major,
      command: 'bun install --save-text-lockfile --frozen-lockfile --lockfile-only',
    };
  }
  if (name === 'npm-shrinkwrap.json' && ignoresShrinkwrap(manager)) {
    if (has(lockfiles, 'package-lock.json')) return undefined;
    return { kind: 'shrinkwrap', major, command: `git mv ${name} package-lock.json` };
  }
  if (lockfile.format === 'package-lock' || lockfile.format === 'npm-shrinkwrap') {
    const command = 'npm install --package-lock-only --ignore-scripts --lockfile-version=3';
    if (version === '1' && lockfile.status !== 'unsupported') return { kind: 'npm-1', major: null, command };
    const isOld = version === undefined && lockfile.importers.size === 0 && lockfile.entries.length > 0;
    if (isOld) return { kind: 'npm-none', major: null, command };
  }
  const { name: kind, lockfile: facts, commands } = specOfLockfile(lockfile.format);
  const isSupported = lockfile.status !== 'unsupported';
  if (facts.former?.includes(version, { isSupported, major }) === true)
    return { kind, major: facts.former.isByVersion ? major : null, command: commands.update };
  return lockfile.status === 'unsupported' && version !== undefined
    ? { kind: 'unknown', major: null, command: null }
    : undefined;
}

function has(lockfiles: Project['lockfiles'], name: string): boolean {
  return lockfiles.some(({ uri }: { readonly uri: Uri }) => nameOf(uri) === name);
}
