import { type InlineCode, readShell } from '../scripts/run-code.ts';
import { gypCommands, suspiciousGyp } from '../scripts/suspicious-gyp.ts';
import { suspiciousScript } from '../scripts/suspicious-script.ts';
import { relativeLoads } from './scan/raw-text.ts';

/** The lifecycle scripts that an install of the package runs. */
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepare'] as const;
const STARTED =
  /(?:^|[\s;&|("'])(node|nodejs|bun(?:\s+run)?|deno\s+run|tsx|ts-node|sh|bash|python3?|cmd\s+\/c|powershell(?:\.exe)?|source)\s+(?:-{1,2}[\w=-]+\s+)*["']?(?!-)([\w@./\\-]+)/g;
const DIRECT =
  /(?:^|[;&|]\s*|\s&&\s)((?:\.{1,2}[\\/])+[\w.-]+(?:[\\/][\w.-]+)*|[\w-]+(?:[\\/][\w.-]+)+)(?=\s|$|[;&|])/g;

export interface InstallStart {
  /** Paths as they are written, relative to the folder of the package. */
  readonly files: readonly string[];
  /** The files that the shell starts without an interpreter. */
  readonly direct: readonly string[];
  /** Those that a shell runs, whatever their name. */
  readonly shell: ReadonlySet<string>;
  readonly isSuspicious: boolean;
  readonly hasScripts: boolean;
  /** The code that is written in scripts and commands of the build. */
  readonly inline: readonly InlineCode[];
}

/** Returns the files that an install of a package starts, by its scripts and its native build. */
export function installStart(
  scripts: Readonly<Record<string, unknown>>,
  gyp: string | undefined,
): InstallStart {
  const files = new Set<string>();
  const direct = new Set<string>();
  const shell = new Set<string>();
  const inline: InlineCode[] = [];
  const build = gyp === undefined ? undefined : suspiciousGyp(gyp)?.script.suspicion;
  let isSuspicious = build !== undefined && build !== 'no-sources';
  let hasScripts = false;
  for (const name of LIFECYCLE) {
    const line = scripts[name];
    if (typeof line !== 'string') continue;
    if (name !== 'prepare') hasScripts = true;
    isSuspicious ||= suspiciousScript(line) !== undefined;
    inline.push(...readShell(line).inline);
    for (const [, runner, path] of line.slice(0, 8000).matchAll(STARTED)) {
      files.add(normalPath(path!));
      if (/^(?:sh|bash|source)$/.test(runner!)) shell.add(normalPath(path!));
    }
    for (const path of relativeLoads(line)) files.add(normalPath(path));
    for (const [, path] of line.slice(0, 8000).matchAll(DIRECT)) direct.add(normalPath(path!));
  }
  for (const [, path] of (gyp ?? '')
    .slice(0, 100_000)
    .matchAll(/<!@?\(\s*\[?["']?node["']?[,\s]+["']?(?!-)([\w./-]+)/g))
    files.add(normalPath(path!));
  for (const command of gyp === undefined ? [] : gypCommands(gyp)) inline.push(...readShell(command).inline);
  return {
    files: [...files],
    direct: [...direct],
    shell,
    isSuspicious,
    hasScripts: hasScripts || gyp !== undefined,
    inline,
  };
}

/** Returns a path without `.` and `..`, with slashes. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
