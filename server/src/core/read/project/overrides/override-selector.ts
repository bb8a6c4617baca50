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

/** Parses a selector of pnpm: `name`, `name@range`, `parent>name`, `parent@range>name@range`. */
export function parsePnpmSelector(text: string): OverrideSelector | undefined {
  // A `>` after a space, a bar, an `@` or at the start belongs to a range.
  const at = text.search(/[^ |@]>/);
  const target = selectedName(at === -1 ? text : text.slice(at + 2));
  const parent = at === -1 ? undefined : selectedName(text.slice(0, at + 1));
  if (target === undefined || (at !== -1 && parent === undefined)) return undefined;
  return { parents: parent === undefined ? [] : [parent], isDeep: false, target };
}

/**
 * Parses a selector of Yarn 2 and later: `name`, `parent/name`, each optionally with `@` and a version. It rejects
 * stars.
 */
export function parseBerrySelector(text: string): OverrideSelector | undefined {
  if (text.length > LONGEST) return undefined;
  const parts = /^(?:(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]+))?\/)?(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]+))?$/.exec(
    text,
  );
  const name = parts?.[3];
  const parent = parts?.[1];
  if (parts === null || name === undefined || `${parent}${name}`.includes('*')) return undefined;
  return {
    parents: parent === undefined ? [] : [{ name: parent, range: parts[2] }],
    isDeep: false,
    target: { name, range: parts[4] },
  };
}

/**
 * Parses a selector of Yarn 1: a path of names, in which a double star matches any packages in between; a single name
 * matches at any depth.
 */
export function parseClassicSelector(text: string): OverrideSelector | undefined {
  if (text.length > LONGEST) return undefined;
  const segments = text.split('/');
  const names: string[] = [];
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at]!;
    if (segment === '') return undefined;
    const isScope = segment.startsWith('@');
    const next = segments[at + 1];
    if (isScope && next === undefined) return undefined;
    names.push(isScope ? `${segment}/${next}` : segment);
    if (isScope) at++;
  }
  const last = names.at(-1);
  if (last === undefined || last.includes('*')) return undefined;
  const isDeep = names.at(-2) === '**' || names.length === 1;
  const parents = names.slice(0, -1).filter((name) => name !== '**');
  if (parents.some((name) => name.includes('*'))) return undefined;
  return {
    parents: parents.map((name) => ({ name, range: undefined })),
    isDeep,
    target: { name: last, range: undefined },
  };
}

/** Returns the text that Yarn 2 and later compare a specifier as: a range without a protocol gets `npm:`. */
export function withProtocol(specifier: string): string {
  return /^[a-z+]+:/i.test(specifier) ? specifier : `npm:${specifier}`;
}

/** No real key is longer. */
const LONGEST = 1000;

/** Parses `name@range`; undefined if there is no name. */
function selectedName(text: string): SelectedName | undefined {
  const at = text.indexOf('@', 1);
  const name = at === -1 ? text : text.slice(0, at);
  if (name === '@' || name === '.' || !/^[^\s>|]+$/.test(name)) return undefined;
  return { name, range: at === -1 ? undefined : text.slice(at + 1) };
}
