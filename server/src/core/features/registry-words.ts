import type { NpmConfig, NpmrcLevel, RegistryChoice } from '../config/npm/npm-config.ts';
import { indexLines } from '../text/line-index.ts';
import { nameOf, relativeUri, type Uri } from '../text/uri.ts';
import { hostAndPort, parseWebAddress } from '../text/web-address.ts';

/** A registry and what chose it, as far as a card tells. */
export interface RegistryFacts {
  readonly kind: 'public' | 'mirror' | 'private';
  /** Host and port, for what is not the public registry. */
  readonly host: string;
  /** Which line of which file, which variable, or npm's default says so: "npm's default", ".npmrc line 2". */
  readonly because: string;
  /** Whether it may be used: not where only an untrusted project's file names it, or its address is incomplete. */
  readonly usable: boolean;
}

/** `root` is the project's directory; paths are shown relative to it. */
export function registryFacts(
  config: NpmConfig,
  choice: RegistryChoice,
  name: string,
  root: Uri,
): RegistryFacts {
  const address = parseWebAddress(choice.url);
  const host = address === undefined ? choice.url : hostAndPort(address);
  const publicAddress = parseWebAddress(config.publicRegistry);
  const isPublicHost = publicAddress !== undefined && hostAndPort(publicAddress) === host;
  const kind = isPublicHost ? 'public' : config.isPublic(choice.url) ? 'mirror' : 'private';
  return { kind, host, because: reason(config, choice, name, root), usable: choice.trusted && choice.usable };
}

function reason(config: NpmConfig, choice: RegistryChoice, name: string, root: Uri): string {
  const { source } = choice;
  switch (source.type) {
    case 'default': {
      const { manager, files } = config.words ?? { manager: 'npm', files: '.npmrc' };
      return name.startsWith('@') && name.includes('/')
        ? `${manager}'s default; no rule for ${name.split('/', 1)[0]} in ${files}`
        : `${manager}'s default`;
    }
    case 'environment':
      return `environment variable ${source.variable}`;
    case 'config': {
      const { line } = indexLines(source.text).positionAt(source.span.start);
      const file = source.level === 'user' ? `your own ${nameOf(source.uri)}` : relativeUri(root, source.uri);
      return `${file} line ${line + 1}`;
    }
    case 'file': {
      const text = config[source.level]?.text;
      const line =
        text === undefined ? '' : ` line ${indexLines(text).positionAt(source.span.start).line + 1}`;
      return `${fileWords(source.level, source.uri, root)}${line}`;
    }
  }
}

function fileWords(level: NpmrcLevel, uri: Uri, root: Uri): string {
  switch (level) {
    case 'project':
      return relativeUri(root, uri);
    case 'user':
      return 'your own .npmrc';
    case 'global':
      return "this machine's npmrc";
  }
}
