import type { NpmConfig, RegistryChoice } from '../../read/config/npm/npm-config.ts';
import type { NpmrcLevel } from '../../read/config/npm/npmrc.ts';
import type { SettingSource } from '../../read/config/setting-source.ts';
import { npm } from '../../read/manager/npm/npm.ts';
import { indexLines } from '../../read/text/lines/line-index.ts';
import { nameOf, relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import { hostAndPort, parseWebUrl } from '../../read/text/paths/web-url.ts';

/** A registry and what configured it, as displayed on a card. */
export interface RegistryFacts {
  readonly kind: 'public' | 'mirror' | 'private';
  /** Host and port, unless it is the public registry. */
  readonly host: string;
  /** The line and file, variable, or default that configured it: "npm's default", ".npmrc line 2". */
  readonly because: string;
  /** Whether it may be used: false if only an untrusted project's file names it, or its URL is incomplete. */
  readonly usable: boolean;
}

/** Returns the facts about a registry. `root` is the project's directory; displayed paths are relative to it. */
export function registryFacts(
  config: NpmConfig,
  choice: RegistryChoice,
  name: string,
  root: Uri,
): RegistryFacts {
  const address = parseWebUrl(choice.url);
  const host = address === undefined ? choice.url : hostAndPort(address);
  const publicUrl = parseWebUrl(config.publicRegistry);
  const isPublicHost = publicUrl !== undefined && hostAndPort(publicUrl) === host;
  const kind = isPublicHost ? 'public' : config.isPublic(choice.url) ? 'mirror' : 'private';
  return { kind, host, because: reason(config, choice, name, root), usable: choice.trusted && choice.usable };
}

/** Describes the registry, what configured it, and that a private registry is the only one asked for the name. */
export function describeRegistry({ kind, host, because, usable }: RegistryFacts): string {
  if (!usable) return `${host} (${because}); it is not used`;
  switch (kind) {
    case 'public':
      return `the public npm registry (${because})`;
    case 'mirror':
      return `${host}, a mirror of the public npm registry (${because})`;
    case 'private':
      return `served by ${host} (${because}); this name is sent nowhere else`;
  }
}

function reason(config: NpmConfig, choice: RegistryChoice, name: string, root: Uri): string {
  const { source } = choice;
  switch (source.type) {
    case 'default': {
      const { manager, files } = config.words ?? { manager: npm.title, files: npm.registries.shownFiles };
      return name.startsWith('@') && name.includes('/')
        ? `${manager}'s default; no rule for ${name.split('/', 1)[0]} in ${files}`
        : `${manager}'s default`;
    }
    case 'environment':
      return `environment variable ${source.variable}`;
    case 'config':
    case 'file': {
      const { uri, line } = settingPlace(config, source)!;
      return `${describeFile(source.level, uri, root)}${line === undefined ? '' : ` line ${line}`}`;
    }
  }
}

/** Returns the file with a setting and its line, from 1; undefined if no file has it. */
export function settingPlace(
  config: NpmConfig,
  source: SettingSource,
): { readonly uri: Uri; readonly line: number | undefined } | undefined {
  if (source.type !== 'config' && source.type !== 'file') return undefined;
  const text = source.type === 'config' ? source.text : config[source.level]?.text;
  const line = text === undefined ? undefined : indexLines(text).positionAt(source.span.start).line + 1;
  return { uri: source.uri, line };
}

function describeFile(level: NpmrcLevel, uri: Uri, root: Uri): string {
  switch (level) {
    case 'project':
      return relativeUri(root, uri);
    case 'user':
      return `your own ${nameOf(uri)}`;
    case 'global':
      return "this machine's npmrc";
  }
}
