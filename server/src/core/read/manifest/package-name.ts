/** The parts of a package name: `@scope` with its @, and the rest. */
export interface PackageNameParts {
  readonly scope: string | undefined;
  readonly bare: string;
}

/** The longest name that a registry accepts. */
const MAX_NAME_LENGTH = 214;

/**
 * Returns why no registry can have a package of this name; undefined if it is valid. Names that only old packages may
 * have (upper case, `~'!()*`, names of Node's own modules) are accepted, because they exist
 * (validate-npm-package-name).
 */
export function packageNameProblem(name: string): string | undefined {
  if (ORDINARY.test(name) && name.length <= MAX_NAME_LENGTH && !RESERVED.has(name)) return undefined;
  if (name === '') return 'it is empty';
  if (name.startsWith('.')) return 'it starts with a dot';
  if (name.startsWith('-')) return 'it starts with a hyphen';
  if (name.startsWith('_')) return 'it starts with an underscore';
  if (name.trim() !== name) return 'it starts or ends with a space';
  const lower = name.toLowerCase();
  if (RESERVED.has(lower)) return 'it is reserved';
  if (name.length > MAX_NAME_LENGTH) return `it is longer than ${MAX_NAME_LENGTH} characters`;
  if (isUrlSafe(name)) return undefined;
  const { scope, bare } = splitPackageName(name);
  if (scope === undefined) return 'it has characters that are not allowed in a URL';
  if (bare === '' || scope === '@') return 'its scope or its name is missing';
  if (bare.startsWith('.')) return 'it starts with a dot';
  return isUrlSafe(scope.slice(1)) && isUrlSafe(bare)
    ? undefined
    : 'it has characters that are not allowed in a URL';
}

/** Matches almost all names. */
const ORDINARY = /^(?:@[a-z\d][a-z\d._-]*\/)?[a-z\d][a-z\d._-]*$/;
const RESERVED: ReadonlySet<string> = new Set(['node_modules', 'favicon.ico']);

/** Checks whether a dependency may have this name; `packageNameProblem` gives the reason. */
export function validPackageName(name: string): boolean {
  return packageNameProblem(name) === undefined;
}

/** Splits `@a/b` into scope `@a` and `b`; a name without a scope has only the latter. */
export function splitPackageName(name: string): PackageNameParts {
  const slash = name.startsWith('@') ? name.indexOf('/') : -1;
  if (slash === -1) return { scope: undefined, bare: name };
  return { scope: name.slice(0, slash), bare: name.slice(slash + 1) };
}

/**
 * Checks whether `encodeURIComponent` would leave the text unchanged. Call it first, because a lone surrogate makes
 * that throw.
 */
export function isUrlSafe(text: string): boolean {
  return /^[\w.!~*'()-]*$/.test(text);
}
