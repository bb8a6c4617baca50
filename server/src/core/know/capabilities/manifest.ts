import { normalPath } from './install-files.ts';

/** What a manifest says about the code of its package. */
export interface CodeManifest {
  readonly name: string | undefined;
  readonly scripts: Readonly<Record<string, unknown>>;
  /** The files that people start by name. */
  readonly programs: ReadonlySet<string>;
  readonly main: string | undefined;
  /** The files that an import of the package loads first; undefined if they may be any. */
  readonly entries: readonly string[] | undefined;
  /** What is written for dependencies that an install takes. */
  readonly dependencies: readonly string[];
}

/** Reads the manifest of a package. Whatever is wrong in it counts as missing. */
export function parseManifest(text: string | undefined): CodeManifest {
  let json: unknown;
  try {
    json = JSON.parse((text ?? '{}').replace(/^\uFEFF/, ''));
  } catch {
    json = {};
  }
  const { name, scripts, bin, main, module, browser, exports, dependencies, optionalDependencies } =
    recordOf(json);
  const entries = ['index.js', ...[main, module, browser, exports].flatMap((one) => textsIn(one, 0))];
  return {
    name: typeof name === 'string' ? name : undefined,
    scripts: recordOf(scripts),
    programs: new Set(textsIn(bin, 0).map(normalPath)),
    main: typeof main === 'string' ? normalPath(main) : undefined,
    entries: entries.some((path) => path.includes('*')) ? undefined : entries.map(normalPath),
    dependencies: [dependencies, optionalDependencies].flatMap((one) => textsIn(one, 0)),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const DEEPEST = 8;

/** Returns a text, or those within an object. */
function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  return depth > DEEPEST ? [] : Object.values(recordOf(value)).flatMap((one) => textsIn(one, depth + 1));
}
