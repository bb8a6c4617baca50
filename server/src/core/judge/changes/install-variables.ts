import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { shownValue } from './configuration-change.ts';

/**
 * Names in an application's .env that decide what `bun install` runs and fetches, as Bun applies the file to itself and
 * to the scripts of packages. Sources: Bun's docs of environment variables; bash(1) and sh; ld.so(8) and dyld(1);
 * git(1); npm's `config`; the XDG base directory specification, for Bun's own bunfig; node-gyp's README.
 */
const BUN_VARIABLES: readonly string[] = [
  ...['BUN_\\w+', 'npm_\\w+', '(?:https?|all|no)_proxy', 'NODE_(?!ENV$)\\w+', 'GITHUB_API\\w*'],
  ...['PATH', 'PATHEXT', 'SHELL', 'COMSPEC', 'BASH_\\w+', 'PS4', 'ZDOTDIR', 'LD_\\w+', 'DYLD_\\w+'],
  ...['HOME', 'USERPROFILE', 'XDG_\\w+', 'APPDATA', 'LOCALAPPDATA', 'TMPDIR', 'TMP', 'TEMP'],
  // Excludes build metadata that applications store in variables git itself does not read.
  'GIT_(?!(?:SHA|COMMIT|BRANCH|TAG|HASH|REF|REV|REVISION|VERSION|TOKEN|USER\\w*|AUTHOR\\w*|COMMITTER\\w*)$)\\w+',
  ...['SSH_ASKPASS', 'SSH_AUTH_SOCK', 'SSL_CERT_\\w+', 'OPENSSL_\\w+', 'CURL_HOME'],
  ...['PYTHON\\w*', 'PERL5\\w+', 'RUBYOPT', 'JAVA_TOOL_OPTIONS', 'MAKEFLAGS', 'CC', 'CXX', 'GYP_\\w+'],
];
const OF_BUN = new RegExp(`^(?:${BUN_VARIABLES.join('|')})$`, 'i');
/**
 * Corepack reads no others from the file (`loadSpec` in its sources/specUtils.ts); the two excluded ones change no
 * program.
 */
const OF_COREPACK = /^COREPACK_(?!ENABLE_(?:DOWNLOAD_PROMPT|AUTO_PIN)$)\w+$/;

/** Checks whether a file of this path contains environment variables that Bun reads before it installs. */
export function isBunEnvironment(path: string): boolean {
  return /(?:^|\/)\.env(?:\.(?:production|development|test))?(?:\.local)?$/.test(path);
}

/** Checks whether a file of this path contains variables that Corepack reads before it runs a package manager. */
export function isCorepackEnvironment(path: string): boolean {
  return /(?:^|\/)\.corepack\.env$/.test(path);
}

/** Checks whether only the lines of `installVariables` count in a file of this path. */
export function holdsVariables(path: string): boolean {
  return isBunEnvironment(path) || isCorepackEnvironment(path);
}

/**
 * Returns the lines of an environment file that decide what an install does, without the application's own. All lines
 * count if a value spans several lines or expands another variable.
 */
export function installVariables(path: string, text: string): string {
  const lines = decidingLines(path, text);
  if (isBunEnvironment(path) && lines.some((line) => line.includes('$'))) return text;
  return lines.some(isOpen) ? text : lines.join('\n');
}

/** Returns the first of these lines; empty if there is none. */
export function firstInstallVariable(path: string, text: string): string {
  return decidingLines(path, text)[0] ?? '';
}

function decidingLines(path: string, text: string): readonly string[] {
  return text.split(/[\r\n]+/).filter((line) => decidesInstall(path, line));
}

/**
 * Compares the variables of a file that decide an install, removed ones last; empty if none of them has a different
 * value on its own line. The last of duplicate names counts.
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

/** Bun also ends lines at a lone CR, and accepts `KEY: value`. */
const ASSIGNMENT = /^[\s\ufeff]*(?:export\s+)?([\w.-]+)\s*(?:=|:(?=\s))\s*(.*)$/;

function decidesInstall(path: string, line: string): boolean {
  const [, name = '', value = ''] = ASSIGNMENT.exec(line) ?? [];
  if (isCorepackEnvironment(path)) return OF_COREPACK.test(name);
  // Interactive shells read this file; applications use the same name for their environment.
  if (/^ENV$/i.test(name)) return /[./\\$]/.test(value);
  return OF_BUN.test(name);
}

function isOpen(line: string): boolean {
  const [quote] = /["'`]/.exec(line) ?? [];
  return quote !== undefined && line.split(quote).length % 2 === 0;
}
