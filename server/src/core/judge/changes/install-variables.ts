import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { shownValue } from './configuration-change.ts';

/**
 * Names in an application's .env that decide what `bun install` runs and fetches, as Bun hands the file to itself and to
 * the scripts of packages. Sources: Bun's docs of environment variables; bash(1) and sh; ld.so(8) and dyld(1); git(1);
 * npm's `config`; the XDG base directory specification, for Bun's own bunfig; node-gyp's README.
 */
const BUN_VARIABLES: readonly string[] = [
  ...['BUN_\\w+', 'npm_\\w+', '(?:https?|all|no)_proxy', 'NODE_(?!ENV$)\\w+', 'GITHUB_API\\w*'],
  ...['PATH', 'PATHEXT', 'SHELL', 'COMSPEC', 'BASH_\\w+', 'PS4', 'ZDOTDIR', 'LD_\\w+', 'DYLD_\\w+'],
  ...['HOME', 'USERPROFILE', 'XDG_\\w+', 'APPDATA', 'LOCALAPPDATA', 'TMPDIR', 'TMP', 'TEMP'],
  // What builds write of themselves into an application is none of git's own.
  'GIT_(?!(?:SHA|COMMIT|BRANCH|TAG|HASH|REF|REV|REVISION|VERSION|TOKEN|USER\\w*|AUTHOR\\w*|COMMITTER\\w*)$)\\w+',
  ...['SSH_ASKPASS', 'SSH_AUTH_SOCK', 'SSL_CERT_\\w+', 'OPENSSL_\\w+', 'CURL_HOME'],
  ...['PYTHON\\w*', 'PERL5\\w+', 'RUBYOPT', 'JAVA_TOOL_OPTIONS', 'MAKEFLAGS', 'CC', 'CXX', 'GYP_\\w+'],
];
const OF_BUN = new RegExp(`^(?:${BUN_VARIABLES.join('|')})$`, 'i');
/** Corepack takes no others from the file, `loadSpec` in its sources/specUtils.ts; these two change no program. */
const OF_COREPACK = /^COREPACK_(?!ENABLE_(?:DOWNLOAD_PROMPT|AUTO_PIN)$)\w+$/;

/** Tells whether a file of this path holds variables of the environment that Bun reads before it installs. */
export function isBunEnvironment(path: string): boolean {
  return /(?:^|\/)\.env(?:\.(?:production|development|test))?(?:\.local)?$/.test(path);
}

/** Tells whether a file of this path holds variables that Corepack reads before it runs a package manager. */
export function isCorepackEnvironment(path: string): boolean {
  return /(?:^|\/)\.corepack\.env$/.test(path);
}

/** Tells whether only some lines of a file of this path count, those of `installVariables`. */
export function holdsVariables(path: string): boolean {
  return isBunEnvironment(path) || isCorepackEnvironment(path);
}

/**
 * Returns the lines of a file of variables that decide what an install does, others left out: applications have those. All
 * lines count where a value goes over several, or expands another variable.
 */
export function installVariables(path: string, text: string): string {
  const lines = decidingLines(path, text);
  if (isBunEnvironment(path) && lines.some((line) => line.includes('$'))) return text;
  return lines.some(isOpen) ? text : lines.join('\n');
}

/** Returns the first of these lines, empty where there is none. */
export function firstInstallVariable(path: string, text: string): string {
  return decidingLines(path, text)[0] ?? '';
}

function decidingLines(path: string, text: string): readonly string[] {
  return text.split(/[\r\n]+/).filter((line) => decidesInstall(path, line));
}

/**
 * Compares the variables of a file that decide an install, those that are gone last; empty where none of them has another
 * value on its own line. Of a name that appears twice, the last counts.
 */
export function variableChanges(path: string, before: string, after: string): readonly ConfigurationChange[] {
  const earlier = variablesIn(path, before);
  const later = variablesIn(path, after);
  const changes: ConfigurationChange[] = [];
  for (const name of new Set([...later.keys(), ...earlier.keys()])) {
    const [was, is] = [earlier.get(name), later.get(name)];
    if (was === is) continue;
    const shown = (value: string | undefined) => (value === undefined ? undefined : shownValue(name, value));
    const kind = /REGISTRY|PROXY$|GITHUB_API/i.test(name)
      ? 'registry'
      : /INTEGRITY|TLS|CERT|_CA/i.test(name)
        ? 'integrity'
        : 'code';
    changes.push({ key: name, kind, before: shown(was), after: shown(is), span: undefined });
  }
  return changes;
}

function variablesIn(path: string, text: string): ReadonlyMap<string, string> {
  return new Map(
    decidingLines(path, text).map((line) => {
      const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
      return [name, value.trim()] as const;
    }),
  );
}

/** Bun ends a line at a lone CR as well, and takes `KEY: value`. */
const ASSIGNMENT = /^[\s\ufeff]*(?:export\s+)?([\w.-]+)\s*(?:=|:(?=\s))\s*(.*)$/;

function decidesInstall(path: string, line: string): boolean {
  const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
  if (isCorepackEnvironment(path)) return OF_COREPACK.test(name);
  // Shells read this file where they are interactive; applications say with the same name where they run.
  if (/^ENV$/i.test(name)) return /[./\\$]/.test(value);
  return OF_BUN.test(name);
}

function isOpen(line: string): boolean {
  const [quote] = /["'`]/.exec(line) ?? [];
  return quote !== undefined && line.split(quote).length % 2 === 0;
}
