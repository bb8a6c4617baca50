import type { Manifest } from '../../manifest/manifest.ts';
import { scopeOf } from '../../text/paths/scope-of.ts';
import { parentUri, relativeUri, type Uri } from '../../text/paths/uri.ts';
import type { Member } from '../project.ts';

/** Returns the root and its members, by the URI of the manifest. */
export function membersOf(root: Uri, manifests: readonly Manifest[]): ReadonlyMap<Uri, Member> {
  const members = new Map<Uri, Member>();
  for (const manifest of manifests) {
    members.set(manifest.uri, {
      path: relativeUri(root, parentUri(manifest.uri)),
      uri: manifest.uri,
      name: manifest.name?.value,
      version: manifest.version?.value,
      private: manifest.private,
    });
  }
  return members;
}

/** Returns the names of members that have one, including the root's own. */
export function memberNamesOf(members: ReadonlyMap<Uri, Member>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const member of members.values()) if (member.name !== undefined) names.add(member.name);
  return names;
}

/** Returns the paths of those that are published libraries. */
export function librariesAmong(root: Uri, manifests: readonly Manifest[]): ReadonlySet<string> {
  const libraries = manifests.filter(({ isLibrary }) => isLibrary);
  return new Set(libraries.map(({ uri }) => relativeUri(root, parentUri(uri))));
}

const scopes = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

/** Returns the scopes of the members' names, with their @. */
export function scopesOfMembers(memberNames: ReadonlySet<string>): ReadonlySet<string> {
  let known = scopes.get(memberNames);
  if (known === undefined) {
    known = new Set([...memberNames].map(scopeOf).filter((scope) => scope !== undefined));
    scopes.set(memberNames, known);
  }
  return known;
}

const byPath = new WeakMap<ReadonlyMap<Uri, Member>, ReadonlyMap<string, Member>>();

/** Returns the member in a folder, by its path relative to the root; "" for the root itself. */
export function memberAt(members: ReadonlyMap<Uri, Member>, path: string): Member | undefined {
  let known = byPath.get(members);
  if (known === undefined) {
    known = new Map([...members.values()].map((member) => [member.path, member]));
    byPath.set(members, known);
  }
  return known.get(path);
}
