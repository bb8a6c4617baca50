import type { CancellationToken } from 'vscode-languageserver';
import { packumentUrl } from '../core/know/registry/access/packument-url.ts';
import type { LockEntry } from '../core/read/lockfile/model/lockfile.ts';
import { dependenciesOf } from '../core/read/manifest/dependencies-of.ts';
import { canonicalUri } from '../core/read/text/paths/uri.ts';
import { declaredVersion } from '../core/show/features/hover/advisory-facts.ts';
import { OF_WORKSPACE } from '../core/show/features/hover/elsewhere.ts';
import { hoverTarget } from '../core/show/features/hover/target.ts';
import type { ProjectSnapshot } from '../engine/session.ts';
import { checkedDocument } from './checked-document.ts';
import { ensureProject } from './ensure-project.ts';
import type { PackageChoice, PackagePosition, PackageQuestion } from './messages.ts';
import { pathInFolders } from './path-in-folders.ts';
import type { ServerState } from './server-state.ts';

/** A package of a project that a user asks for. */
export interface PackageSubject {
  readonly owner: ProjectSnapshot;
  readonly name: string;
  /** A version, tag or range, if it was given. */
  readonly asked: string | undefined;
  /** The locked package that it is about. */
  readonly entry: LockEntry | undefined;
  /** Its source in words; undefined for registries. */
  readonly elsewhere: string | undefined;
}

/** Returns the package at a position; undefined for none. */
export async function subjectAt(
  server: ServerState,
  { uri, position }: PackagePosition,
  token: CancellationToken,
): Promise<PackageSubject | undefined> {
  if (uri === undefined || position === undefined) return undefined;
  const document = await checkedDocument(server, uri, token);
  if (document === undefined) return undefined;
  const { owner, file } = document;
  const target = hoverTarget(owner.project, file, server.proto.offset(document.uri, position, file.text));
  if (target === undefined) return undefined;
  const { entry, elsewhere } = target;
  const asked = entry === undefined ? declaredVersion(target) : undefined;
  return { owner, name: target.target, asked, entry, elsewhere };
}

/** Returns the package with a name in a project; undefined if the name is none, or no project is loaded. */
export async function subjectNamed(
  server: ServerState,
  { package: name, version: asked, uri }: PackageQuestion,
): Promise<PackageSubject | undefined> {
  if (packumentUrl('https://registry.example.test/', name) === undefined) return undefined;
  const own = uri === undefined ? undefined : await ensureProject(server, canonicalUri(uri));
  server.session.openAdvisories();
  const { projects } = server.session.snapshot();
  const owner =
    projects.find(({ project }) => project.root === own?.project.root) ??
    projects.find(({ project }) => entriesOf(project, name).length > 0) ??
    projects[0];
  if (owner === undefined) return undefined;
  const { project } = owner;
  const entries = entriesOf(project, name);
  const entry = entries.find((each) => asked === undefined || each.version?.value === asked);
  const isOther = entries.length > 0 && entries.every(({ source }) => source !== 'registry');
  const elsewhere = project.memberNames.has(name)
    ? OF_WORKSPACE
    : isOther
      ? `not a registry: ${entries[0]!.source}`
      : undefined;
  return { owner, name, asked, entry, elsewhere };
}

function entriesOf({ lockfile }: ProjectSnapshot['project'], name: string): readonly LockEntry[] {
  return lockfile?.entries.filter((entry) => entry.name === name) ?? [];
}

/** Returns the question for a package that was found. */
export function questionOf(
  { proto }: Pick<ServerState, 'proto'>,
  { owner, name, entry, asked }: PackageSubject,
): PackageQuestion {
  const { lockfile, rootManifest, root } = owner.project;
  const uri = proto.uri(lockfile?.uri ?? rootManifest?.uri ?? root);
  const version = entry === undefined ? asked : entry.version?.value;
  return { package: name, uri, ...(version === undefined ? {} : { version }) };
}

/** Returns the packages of all loaded projects: what manifests declare, then what is locked besides. */
export function packageChoices({ session, folders, proto }: ServerState): readonly PackageChoice[] {
  return session.snapshot().projects.flatMap(({ project, files }) => {
    const { root, lockfile, memberNames } = project;
    const manifests = [...files.values()].filter((file) => file.kind === 'manifest');
    const declared = new Set(
      manifests.flatMap(({ sections }) => dependenciesOf(sections).map(({ target }) => target)),
    );
    const uri = proto.uri(lockfile?.uri ?? manifests[0]?.uri ?? root);
    const where = pathInFolders(root, folders);
    const choices = new Map<string, PackageChoice>();
    const add = (name: string, version: string | undefined) => {
      const label = version === undefined ? name : `${name} ${version}`;
      if (memberNames.has(name) || choices.has(label)) return;
      const of = { package: name, uri, ...(version === undefined ? {} : { version }) };
      choices.set(label, { label, description: declared.has(name) ? `declared in ${where}` : where, of });
    };
    const locked = (lockfile?.entries ?? []).filter(({ source }) => source === 'registry');
    const names = new Set(locked.map(({ name }) => name));
    for (const { name, version } of locked) if (declared.has(name)) add(name, version?.value);
    for (const name of declared) if (!names.has(name)) add(name, undefined);
    for (const { name, version } of locked) if (!declared.has(name)) add(name, version?.value);
    return [...choices.values()];
  });
}
