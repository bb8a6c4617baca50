import type { DeclaredRange } from '../core/judge/remedy/declared-range.ts';
import { packageKey } from '../core/read/graph/pulls-in.ts';
import { lockfileKindOf } from '../core/read/lockfile/detect.ts';
import type { LockEntry } from '../core/read/lockfile/model/lockfile.ts';
import { dayOf } from '../core/read/policy-file/day.ts';
import { type Finding, SEVERITIES } from '../core/read/text/finding.ts';
import { groupBy } from '../core/read/text/group-by.ts';
import { nameOf, parentUri, type Uri } from '../core/read/text/paths/uri.ts';
import type { Span } from '../core/read/text/span.ts';
import { updateHints } from '../core/show/features/update-hints.ts';
import type { ProjectSnapshot, Snapshot } from '../engine/session.ts';
import { ignoredByProject } from './ignored-entries.ts';
import type { TreeEntry, TreeGroup, TreeGroupType, TreePlace, TreeProject } from './messages.ts';
import { pathInFolders } from './path-in-folders.ts';
import type { ServerState } from './server-state.ts';

type Server = Pick<ServerState, 'proto' | 'folders'>;

export interface TreeInput {
  readonly snapshot: Snapshot;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** A sentence for each gap of one project. */
  gapsOf(owner: ProjectSnapshot): readonly string[];
}

/** In the order of the view. */
const GROUPS: readonly TreeGroupType[] = [
  'malware',
  'vulnerable',
  'scripts',
  'other',
  'updates',
  'ignored',
  'notChecked',
];

/** Findings of rules that are not listed are in `other`. */
export const GROUP_OF_RULE: ReadonlyMap<string, TreeGroupType> = new Map([
  ['malicious-version', 'malware'],
  ['vulnerable-dependency', 'vulnerable'],
  ['install-script-unreviewed', 'scripts'],
  ['install-script-added', 'scripts'],
  ['install-script-suspicious', 'scripts'],
  ['outdated-dependency', 'updates'],
]);

/** Returns the loaded projects with everything that is known of each, as a tree for display. */
export function dependencyTree(server: Server, input: TreeInput): readonly TreeProject[] {
  const { snapshot, now } = input;
  const seen = new Set<Uri>();
  const projects: TreeProject[] = [];
  const ignored = ignoredByProject(snapshot, {
    today: dayOf(now),
    uriOut: (uri) => server.proto.uri(uri),
    placeOf: (uri, { span }) => placesOf(server, [{ uri, span }], snapshot),
  });
  for (const owner of snapshot.checked) {
    const own = [...owner.files.keys()].filter((uri) => !seen.has(uri));
    for (const uri of own) seen.add(uri);
    const groups = groupsOf(server, owner, own, input, ignored.get(owner) ?? []);
    // The top of a repository without packages matters only for what was found in it.
    if (groups.length === 0 && !snapshot.projects.includes(owner)) continue;
    const { root } = owner.project;
    projects.push({ uri: server.proto.uri(root), label: pathInFolders(root, server.folders), groups });
  }
  return projects;
}

function groupsOf(
  server: Server,
  owner: ProjectSnapshot,
  files: readonly Uri[],
  { snapshot, now, gapsOf }: TreeInput,
  ignored: readonly TreeEntry[],
): readonly TreeGroup[] {
  const findings = files.flatMap((uri) => snapshot.diagnose(uri).findings);
  const byGroup = groupBy(findings, ({ rule }) => GROUP_OF_RULE.get(rule) ?? 'other');
  const entries = new Map<TreeGroupType, readonly TreeEntry[]>();
  const entryOf = lockedEntries(owner);
  for (const [type, ofGroup] of byGroup)
    entries.set(type, findingEntries(server, ofGroup, { owner, snapshot, entryOf }));
  const outdated = new Set(byGroup.get('updates')?.map(({ uri, package: name }) => `${uri} ${name}`));
  entries.set('updates', [
    ...(entries.get('updates') ?? []),
    ...updateEntries(server, owner, files, snapshot, now, outdated),
  ]);
  entries.set('ignored', ignored);
  entries.set(
    'notChecked',
    gapsOf(owner).map((gap) => ({ label: gap, description: '', tooltip: gap, places: [] })),
  );
  return GROUPS.flatMap((type) => {
    const ofType = entries.get(type) ?? [];
    return ofType.length === 0 ? [] : [{ type, entries: ofType }];
  });
}

interface FindingSource {
  readonly owner: ProjectSnapshot;
  readonly snapshot: Snapshot;
  readonly entryOf: LockedEntries;
}

/** Returns the entry of a version in the lockfile. */
type LockedEntries = (name: string | undefined, version: string | undefined) => LockEntry | undefined;

/** Indexes the lockfile of a project, once a version of it is asked for. */
function lockedEntries({ project }: ProjectSnapshot): LockedEntries {
  let entries: ReadonlyMap<string, LockEntry> | undefined;
  return (name, version) => {
    if (name === undefined || version === undefined) return undefined;
    entries ??= new Map(
      (project.lockfile?.entries ?? [])
        .map((entry) => [packageKey({ name: entry.name, version: entry.version?.value }), entry] as const)
        .reverse(),
    );
    return entries.get(packageKey({ name, version }));
  };
}

/** Returns an entry for each package, version and rule, worst first: a manifest and its lockfile often report the same. */
function findingEntries(
  server: Server,
  findings: readonly Finding[],
  { owner, snapshot, entryOf }: FindingSource,
): readonly TreeEntry[] {
  const alike = groupBy(findings, ({ rule, package: name, version, uri, message }) =>
    JSON.stringify(name === undefined ? [rule, uri, message] : [rule, name, version]),
  );
  return [...alike.values()]
    .map((same) => same.toSorted((a, b) => rank(a) - rank(b)))
    .sort(([a], [b]) => rank(a!) - rank(b!))
    .map((same) => {
      const { rule, severity, message, uri, package: name, version } = same[0]!;
      const nameAndVersion = version === undefined ? name : `${name} ${version}`;
      const all = same.flatMap(({ uri, span, related }) => [{ uri, span }, ...related]);
      return {
        ...sidesOf(server, { places: all, entry: entryOf(name, version) }, owner, snapshot),
        ...(name === undefined ? {} : { package: name }),
        ...(version === undefined ? {} : { version }),
        label: nameAndVersion ?? pathInFolders(uri, server.folders),
        description: withoutSubject(message, [nameAndVersion, name, `"${name}"`]),
        tooltip: `${message} [${rule}]`,
        severity,
        places: placesOf(server, all, snapshot),
      };
    });
}

interface FilePlace {
  readonly uri: Uri;
  readonly span: Span;
}

/** Returns the declaration in a manifest and the entry in the lockfile, as far as there are any. */
function sidesOf(
  server: Server,
  { places, entry }: { readonly places: readonly FilePlace[]; readonly entry: LockEntry | undefined },
  { project }: ProjectSnapshot,
  snapshot: Snapshot,
): Pick<TreeEntry, 'member' | 'manifest' | 'locked'> {
  const { lockfile } = project;
  const declared = places.find(({ uri }) => project.members.has(uri) || nameOf(uri) === 'package.json');
  const inLockfile =
    lockfile !== undefined && entry !== undefined
      ? { uri: lockfile.uri, span: entry.keySpan }
      : places.find(({ uri }) => lockfileKindOf(nameOf(uri)) !== undefined);
  const [manifest] = declared === undefined ? [] : placesOf(server, [declared], snapshot);
  const [locked] = inLockfile === undefined ? [] : placesOf(server, [inLockfile], snapshot);
  return {
    ...(declared && manifest && { manifest, member: pathInFolders(parentUri(declared.uri), server.folders) }),
    ...(locked && { locked }),
  };
}

/** Returns a message without the package that it begins with, which the label has. */
function withoutSubject(message: string, subjects: readonly (string | undefined)[]): string {
  for (const subject of subjects) {
    for (const link of [' ', ', ']) {
      if (subject !== undefined && message.startsWith(subject + link))
        return message.slice((subject + link).length);
    }
  }
  return message;
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

/** Returns the newer versions that are known; those of rules' findings are listed already. */
function updateEntries(
  server: Server,
  { project, files, facts, advisories }: ProjectSnapshot,
  own: readonly Uri[],
  snapshot: Snapshot,
  now: number,
  listed: ReadonlySet<string>,
): readonly TreeEntry[] {
  return own.flatMap((uri) => {
    const file = files.get(uri)!;
    const whole = { start: 0, end: file.text.length };
    const { hints } = updateHints({ project, file, facts, advisories, now }, whole);
    return hints.flatMap(({ range, parts }): readonly TreeEntry[] => {
      if (listed.has(`${uri} ${range.name}`) || isOfCatalog(range, files)) return [];
      const places = placesOf(server, [{ uri, span: range.valueSpan }], snapshot);
      const description = parts.map(({ label }) => label).join(' · ');
      const [manifest] = places;
      const sides = {
        package: range.name,
        ...(range.locked === undefined ? {} : { version: range.locked }),
        member: pathInFolders(parentUri(uri), server.folders),
        manifest,
      };
      return [
        {
          label: range.name,
          description,
          tooltip: `${range.name}: ${description}`,
          places,
          ...(manifest && sides),
        },
      ];
    });
  });
}

/** Checks for a reference to a catalog whose file is read: the update is listed there, once for all references. */
function isOfCatalog({ uri, valueSpan, token }: DeclaredRange, files: ProjectSnapshot['files']): boolean {
  if (token === undefined || !files.has(token.uri)) return false;
  return token.uri !== uri || token.span.start !== valueSpan.start;
}

/** A package may be in a lockfile a hundred times. */
const MOST_PLACES = 20;

function placesOf(
  { proto, folders }: Server,
  places: readonly FilePlace[],
  snapshot: Snapshot,
): readonly TreePlace[] {
  const found = new Map<string, TreePlace>();
  for (const { uri, span } of places) {
    if (found.size === MOST_PLACES) break;
    const { start } = proto.range(uri, span, snapshot);
    const label = `${pathInFolders(uri, folders)}:${start.line + 1}`;
    if (!found.has(label)) found.set(label, { label, uri: proto.uri(uri), ...start });
  }
  return [...found.values()];
}
