import semver from 'semver';

/** A name, optionally with the versions that it applies to. */
export interface SelectedName {
  readonly name: string;
  /** As written after the `@`: a range, a tag, `npm:^1.0.0`. */
  readonly range: string | undefined;
}

/** The dependencies that an override applies to: those on `target`, optionally only of the packages in `parents`. */
export interface OverrideSelector {
  /** Outermost first. Undefined names match any packages in between (a double star). */
  readonly parents: readonly SelectedName[];
  /** Whether other packages may be between the last parent and the target. */
  readonly isDeep: boolean;
  readonly target: SelectedName;
}

/** Parses the keys of npm and Bun from the outside in, where `.` is the package of the enclosing key. */
export function parseNestedSelector(path: readonly string[]): OverrideSelector | undefined {
  const keys = path.at(-1) === '.' && path.length > 1 ? path.slice(0, -1) : path;
  const names = keys.map(selectedName);
  const target = names.at(-1);
  if (target === undefined || names.includes(undefined)) return undefined;
  // npm's rules below a package apply to all its transitive dependencies.
  return { parents: names.slice(0, -1) as SelectedName[], isDeep: true, target };
}

/** Parses `name@range`; undefined if there is no name. */
export function selectedName(text: string): SelectedName | undefined {
  const at = text.indexOf('@', 1);
  const name = at === -1 ? text : text.slice(0, at);
  if (name === '@' || name === '.' || !/^[^\s>|]+$/.test(name)) return undefined;
  return { name, range: at === -1 ? undefined : text.slice(at + 1) };
}

/** Returns whether a name, optionally with a range, matches a workspace member. */
export function isMember(
  { name, range }: SelectedName,
  member: { readonly name: string | undefined; readonly version: string | undefined },
): boolean {
  if (name !== member.name) return false;
  if (range === undefined || range === '*') return true;
  return member.version !== undefined && satisfies(member.version, range);
}

/** Returns whether two ranges have a version in common. Invalid ranges have none. */
export function intersects(a: string, b: string): boolean {
  if (semver.validRange(a) === null || semver.validRange(b) === null) return false;
  return semver.intersects(a, b);
}

function satisfies(version: string, range: string): boolean {
  return semver.valid(version) !== null && semver.satisfies(version, range);
}
