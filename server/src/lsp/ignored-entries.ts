import { matchesPath } from '../core/judge/policy/ignored.ts';
import { unusedIgnore } from '../core/judge/policy/unused-ignore.ts';
import { lockedPackages } from '../core/know/advisory/locked-packages.ts';
import type { Ignore } from '../core/read/policy-file/policy.ts';
import { groupBy } from '../core/read/text/group-by.ts';
import { parentUri, relativeUri, type Uri } from '../core/read/text/paths/uri.ts';
import { longDate } from '../core/read/text/words/dates.ts';
import type { ProjectSnapshot, Snapshot } from '../engine/session.ts';
import type { TreeEntry, TreePlace } from './messages.ts';

export interface IgnoredParts {
  /** `YYYY-MM-DD` */
  readonly today: string;
  uriOut(uri: Uri): string;
  placeOf(uri: Uri, ignore: Ignore): readonly TreePlace[];
}

/**
 * Returns the ignore entries of each project with their expiry. A configuration file may govern many projects: an entry
 * is listed for those that have what it accepts, and one that no project has for the first of them, where it can be
 * removed. Entries of an extended policy have no place.
 */
export function ignoredByProject(
  { checked }: Pick<Snapshot, 'checked'>,
  { today, uriOut, placeOf }: IgnoredParts,
): ReadonlyMap<ProjectSnapshot, readonly TreeEntry[]> {
  const byProject = new Map<ProjectSnapshot, readonly TreeEntry[]>();
  for (const governed of groupBy(checked, ({ project }) => project.policy.uri ?? project.root).values()) {
    const had = new Set<string>();
    const listed = governed.map((owner) => {
      const all = owner.project.policy.ignores.filter((ignore) => has(owner, ignore));
      for (const ignore of all) had.add(keyOf(ignore));
      return all;
    });
    for (const [at, owner] of governed.entries()) {
      const { uri, ignores } = owner.project.policy;
      const nobodys = at === 0 ? ignores.filter((ignore) => !had.has(keyOf(ignore))) : [];
      const file = uri === undefined ? undefined : owner.files.get(uri);
      const own = new Set(file?.kind === 'policy' ? file.ignores.map(keyOf) : []);
      byProject.set(
        owner,
        [...listed[at]!, ...nobodys].map((ignore) => {
          const isOwn = uri !== undefined && own.has(keyOf(ignore));
          return {
            ...textsOf(ignore, today),
            ...(ignore.package === undefined ? {} : { package: ignore.package }),
            ...(ignore.version === undefined ? {} : { version: ignore.version }),
            places: isOwn ? placeOf(uri, ignore) : [],
            ...(isOwn ? { ignored: { uri: uriOut(uri), entry: membersOf(ignore) } } : {}),
          };
        }),
      );
    }
  }
  return byProject;
}

function textsOf(ignore: Ignore, today: string): Pick<TreeEntry, 'label' | 'description' | 'tooltip'> {
  const { rule, id, package: name, version, path, reason = 'no reason' } = ignore;
  const subject = name === undefined ? path : [name, version].filter((part) => part !== undefined).join(' ');
  const expiry = `${describeExpiry(ignore, today)}: ${reason}`;
  // As for findings, the package comes first: a narrow view cuts the rest.
  const label = subject ?? id ?? rule;
  const description = subject === undefined ? expiry : `${id ?? rule}, ${expiry}`;
  return { label, description, tooltip: `${label}: ${description} [${rule}]` };
}

function describeExpiry({ expires }: Ignore, today: string): string {
  if (expires === undefined) return 'never in force';
  return expires < today ? `expired ${longDate(expires)}` : `until ${longDate(expires)}`;
}

/** Returns the members by which an entry is found again in its file. */
export function membersOf(ignore: Ignore): Readonly<Record<string, string>> {
  const { rule, id, package: name, version, path, reason, expires } = ignore;
  const members = { rule, id, package: name, version, path, reason, expires };
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, string] => member[1] !== undefined),
  );
}

function keyOf(ignore: Ignore): string {
  return JSON.stringify([membersOf(ignore), ignore.span.start]);
}

/** Checks whether a project has the package or the files that an entry is about; undecided ones count. */
function has({ project, files, advisories }: ProjectSnapshot, ignore: Ignore): boolean {
  const { id, package: name, version, path } = ignore;
  if (path !== undefined && !hasFile(project.policy.uri, path, files)) return false;
  const lockfiles = [...files.values()].filter((file) => file.kind === 'lockfile');
  if (name !== undefined) {
    const isDeclared = [...files.values()].some(
      (file) =>
        file.kind === 'manifest' &&
        file.dependencies.some((each) => each.name === name || each.target === name),
    );
    const locked = lockfiles.flatMap((lockfile) => lockedPackages(lockfile).get(name) ?? []);
    return locked.length === 0 ? isDeclared : version === undefined || locked.includes(version);
  }
  return id === undefined || unusedIgnore(ignore, lockfiles, advisories) === undefined;
}

function hasFile(policy: Uri | undefined, path: string, files: ProjectSnapshot['files']): boolean {
  if (policy === undefined) return false;
  const folder = parentUri(policy);
  return [...files.keys()].some((uri) => uri !== policy && matchesPath(path, relativeUri(folder, uri)));
}
