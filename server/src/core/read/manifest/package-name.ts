/** A package name's parts: `@scope` with its @, and the rest. */
export interface PackageNameParts {
  readonly scope: string | undefined;
  readonly bare: string;
}

/** Longest name that a registry takes. */
const MAX_NAME_LENGTH = 214;

/**
 * Why no registry can have a package of this name, or undefined where one can. Names that only old packages may have
 * (upper case, `~'!()*`, names of Node's own modules) are fine, as they exist (validate-npm-package-name).
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

/** As almost all names are. */
const ORDINARY = /^(?:@[a-z\d][a-z\d._-]*\/)?[a-z\d][a-z\d._-]*$/;
const RESERVED: ReadonlySet<string> = new Set(['node_modules', 'favicon.ico']);

/** Whether a dependency may have this name; see `packageNameProblem` for why not. */
export function validPackageName(name: string): boolean {
  return packageNameProblem(name) === undefined;
}

/** `@a/b` is scope `@a` and `b`; a name without a scope is all bare. */
export function splitPackageName(name: string): PackageNameParts {
  const slash = name.startsWith('@') ? name.indexOf('/') : -1;
  if (slash === -1) return { scope: undefined, bare: name };
  return { scope: name.slice(0, slash), bare: name.slice(slash + 1) };
}

/** Whether `encodeURIComponent` would leave it as it is. It is asked first, as a lone surrogate makes that throw. */
export function isUrlSafe(text: string): boolean {
  return /^[\w.!~*'()-]*$/.test(text);
}
