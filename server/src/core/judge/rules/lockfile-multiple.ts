import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { writerOf } from '../../read/lockfile/writer-of.ts';
import { managerOfLockfile, specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { managerTitle } from '../../read/manager/manager-title.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { PackageManager } from '../../read/manager/package-manager.ts';
import { majorOf } from '../../read/manager/version.ts';
import { keepsLockfilePerMember } from '../../read/project/locked/unlocked-member.ts';
import { memberAt } from '../../read/project/members/members.ts';
import type { LockfilePresence, Project } from '../../read/project/project.ts';
import { firstLine } from '../../read/text/lines/first-line.ts';
import { nameOf, parentUri, relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import { START } from '../../read/text/span.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * A lockfile that no install reads becomes outdated, yet people and scanners trust it. Known false positives: none
 * known. Not reported: a yarn.lock that Bun prints beside its own, an npm-shrinkwrap.json in a member, which exists to
 * be published, and a lockfile in a folder that the root's lockfile does not record as a member.
 */
interface Multiple {
  /** other: beside the one that is read; undecided: nothing determines which one is read; member: below the root's. */
  readonly kind: 'other' | 'undecided' | 'member';
  /** Relative to the project's root. */
  readonly path: string;
  /** The lockfile that is read instead; null if the package manager reads none of the existing ones. */
  readonly used: string | null;
  readonly manager: PackageManager['name'];
  /** The package manager's major version, if known and the finding depends on it. */
  readonly major: number | null;
}

/** The related message at the other lockfile. */
const OTHER: Readonly<Record<Multiple['kind'], string>> = {
  other: 'This one is read instead.',
  undecided: 'The other lockfile.',
  member: 'This one is read instead.',
};

export const lockfileMultiple = defineRule({
  id: 'lockfile-multiple',
  category: 'lockfile',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: "A lockfile that the project's package manager does not read.",
    why: `Each package manager reads one lockfile. Another one beside it, or in the folder of a workspace member,
goes stale: nobody installs its versions and hashes, while people and scanners trust them. Where no package manager is
configured, two colleagues may install different versions from the same commit.

\`npm-shrinkwrap.json\` takes precedence over \`package-lock.json\` up to npm 11. npm 12 no longer reads it.`,
    bad: `-- package.json --
{ "name": "shop", "packageManager": "pnpm@12.21.0" }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .: {}
-- package-lock.json --
{
^ lockfile-multiple: pnpm reads pnpm-lock.yaml, not package-lock.json. Delete package-lock.json.
  "name": "shop",
  "lockfileVersion": 3,
  "packages": { "": { "name": "shop" } }
}
`,
    good: `-- package.json --
{ "name": "shop", "packageManager": "pnpm@12.21.0" }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .: {}
`,
  },
  check: {
    *lockfile(lockfile, { project }): Generator<Found<Multiple>> {
      const path = relativeUri(project.root, lockfile.uri);
      const judged = project.lockfiles.some(({ uri }) => uri === lockfile.uri)
        ? judgeAtRoot(lockfile, project)
        : judgeInMember(lockfile, project);
      if (judged === undefined) return;
      const { used, ...data } = judged;
      yield {
        span: lockfile.text === '' ? START : firstLine(lockfile.text),
        data: { ...data, path, used: used === undefined ? null : relativeUri(project.root, used) },
        related: used === undefined ? [] : [{ uri: used, span: START, message: OTHER[data.kind] }],
      };
    },
  },
  message({ data: { kind, path, used, manager, major } }) {
    const name = managerTitle(manager, major ?? undefined);
    if (kind === 'undecided')
      return `No package manager is configured for this project, which has both ${path} and ${used}. Keep one of them.`;
    if (kind === 'member')
      return `${name} installs this workspace by ${used} at its root and does not read ${path}. Delete it.`;
    return used === null
      ? `${name} installs this project and does not read ${path}. Delete it, or name the package manager that does.`
      : `${name} reads ${used}, not ${path}. Delete ${path}.`;
  },
  *fix({ data }, { uri, project }) {
    yield { title: `Delete ${data.path}`, applicability: 'unsafe', edits: [], deletes: [uri] };
    if (data.kind !== 'undecided' || data.used === null) return;
    const other = project.lockfiles.find((one) => relativeUri(project.root, one.uri) === data.used);
    if (other === undefined) return;
    yield { title: `Delete ${data.used}`, applicability: 'unsafe', edits: [], deletes: [other.uri] };
  },
});

interface Judged extends Omit<Multiple, 'path' | 'used'> {
  readonly used: Uri | undefined;
}

function judgeAtRoot(lockfile: Lockfile, { lockfiles, manager }: Project): Judged | undefined {
  if (lockfiles.length < 2 || isPrinted(lockfile, lockfiles)) return undefined;
  const own = lockfiles.filter(({ format }) => managerOfLockfile(format) === manager.name);
  const { used, major } = readOf(own, manager);
  const because = { manager: manager.name, major: major ?? null };
  const isOwn = managerOfLockfile(lockfile.format) === manager.name;
  if (isOwn) return used === lockfile.uri ? undefined : { kind: 'other', used, ...because };
  if (manager.because !== 'default') return { kind: 'other', used, ...because };
  // npm is only a guess here, as there are lockfiles of several package managers.
  const rest = lockfiles.map(({ uri }) => uri).filter((uri) => uri !== lockfile.uri);
  const first = used ?? rest[0]!;
  return used === undefined && lockfile.uri < first
    ? undefined
    : { kind: 'undecided', used: first, ...because };
}

/** Returns which of a package manager's own lockfiles it reads, and its major version if that decides. */
function readOf(
  own: readonly LockfilePresence[],
  manager: PackageManager,
): { readonly used: Uri | undefined; readonly major: number | undefined } {
  if (own.length < 2) return { used: own[0]?.uri, major: undefined };
  const { name, isByVersion } = specOf(manager).files.choose(manager.version);
  const used = own.find(({ uri }) => nameOf(uri) === name)?.uri;
  return { used, major: isByVersion ? majorOf(manager.version) : undefined };
}

/** Whether the package manager of another lockfile beside it wrote it for others to read, and says so at its top. */
function isPrinted({ format, text }: Lockfile, all: readonly LockfilePresence[]): boolean {
  return all.some((one) => {
    const { printed } = specOfLockfile(one.format).lockfile;
    return printed?.kind === format && printed.mark.test(text.slice(0, 1000));
  });
}

/**
 * Judges a lockfile in a member folder. Only the root's lockfile proves that a folder is a member; Yarn 1, npm 6 and
 * earlier do not record members.
 */
function judgeInMember(lockfile: Lockfile, project: Project): Judged | undefined {
  if (lockfile.format === 'npm-shrinkwrap') return undefined;
  const folder = relativeUri(project.root, parentUri(lockfile.uri));
  const used = project.lockfile;
  if (used === undefined || keepsLockfilePerMember(project)) return undefined;
  const isMember = writerOf(used).lockfile.recordsMembers
    ? used.importers.has(folder)
    : memberAt(project.members, folder) !== undefined;
  return isMember
    ? { kind: 'member', used: used.uri, manager: managerOfLockfile(used.format), major: null }
    : undefined;
}
