import { suspiciousGyp } from './suspicious-gyp.ts';
import type { SuspiciousScript } from './suspicious-script.ts';

/** The install scripts of a package, by the files of its folder. */
export interface InstalledScripts {
  /** In the order in which they run. */
  readonly scripts: readonly (readonly [name: string, command: string])[];
  /** All of its scripts, as these may call others. */
  readonly all: ReadonlyMap<string, { readonly value: string }>;
  /** What is suspicious in its binding.gyp. */
  readonly gyp: SuspiciousScript | undefined;
}

/** The scripts that an install runs in a dependency. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

/**
 * Reads the package.json of an installed package, and its binding.gyp if it has one, which runs `node-gyp rebuild` unless
 * there is another script. Undefined if they are of another package or version, or cannot be read.
 */
export function readInstalledScripts(
  manifest: string,
  gyp: string | undefined,
  { name, version }: { readonly name: string; readonly version: string },
): InstalledScripts | undefined {
  const json = parse(manifest);
  if (json?.name !== name || json.version !== version) return undefined;
  const written = isObject(json.scripts) ? json.scripts : {};
  const scripts = INSTALL_SCRIPTS.flatMap((script): [string, string][] => {
    const command = Object.hasOwn(written, script) ? written[script] : undefined;
    return typeof command === 'string' && command.trim() !== '' ? [[script, command]] : [];
  });
  const isBuilt =
    gyp !== undefined && json.gypfile !== false && !scripts.some(([script]) => script !== 'postinstall');
  const all = Object.entries(written).flatMap(([script, value]): [string, { value: string }][] =>
    typeof value === 'string' ? [[script, { value }]] : [],
  );
  return {
    all: new Map(all),
    scripts: isBuilt ? [['install', 'node-gyp rebuild'], ...scripts] : scripts,
    gyp: isBuilt ? suspiciousGyp(gyp)?.script : undefined,
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
