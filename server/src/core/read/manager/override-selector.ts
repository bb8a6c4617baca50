import semver from 'semver';

/** A name, perhaps with the versions it is about. */
export interface SelectedName {
  readonly name: string;
  /** As written behind the `@`: a range, a tag, `npm:^1.0.0`. */
  readonly range: string | undefined;
}

/** Which dependencies an override is about: those on `target`, perhaps only of the packages in `parents`. */
export interface OverrideSelector {
  /** From the outermost in. Undefined names stand for any packages between (a double star). */
  readonly parents: readonly SelectedName[];
  /** Whether other packages may lie between the last parent and the target. */
  readonly isDeep: boolean;
  readonly target: SelectedName;
}

/** npm and Bun: the keys from the outside in, where `.` is the package of the key around it. */
export function parseNestedSelector(path: readonly string[]): OverrideSelector | undefined {
  const keys = path.at(-1) === '.' && path.length > 1 ? path.slice(0, -1) : path;
  const names = keys.map(selectedName);
  const target = names.at(-1);
  if (target === undefined || names.includes(undefined)) return undefined;
  // npm's rules below a package hold for all that it brings in.
  return { parents: names.slice(0, -1) as SelectedName[], isDeep: true, target };
}

/** Reads `name@range`; undefined where there is no name. */
export function selectedName(text: string): SelectedName | undefined {
  const at = text.indexOf('@', 1);
  const name = at === -1 ? text : text.slice(0, at);
  if (name === '@' || name === '.' || !/^[^\s>|]+$/.test(name)) return undefined;
  return { name, range: at === -1 ? undefined : text.slice(at + 1) };
}

/** Returns whether a name, perhaps with a range, is that of a member of the workspace. */
export function isMember(
  { name, range }: SelectedName,
  member: { readonly name: string | undefined; readonly version: string | undefined },
): boolean {
  if (name !== member.name) return false;
  if (range === undefined || range === '*') return true;
  return member.version !== undefined && satisfies(member.version, range);
}

/** Returns whether two ranges have a version in common; what is no range has none. */
export function intersects(a: string, b: string): boolean {
  if (semver.validRange(a) === null || semver.validRange(b) === null) return false;
  return semver.intersects(a, b);
}

function satisfies(version: string, range: string): boolean {
  return semver.valid(version) !== null && semver.satisfies(version, range);
}
