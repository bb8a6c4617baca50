import type { Severity } from '../finding.ts';
import type { Fact } from '../registry/fact.ts';
import type { Packument } from '../registry/packument.ts';
import { formatAge } from './age.ts';
import { publishedLines, releaseLine } from './publish-words.ts';
import type { RegistryFacts } from './registry-words.ts';
import { type InstallScriptFacts, scriptWords } from './script-words.ts';

/** What is locked: an entry's version, or why there is none. */
export type LockedFacts =
  | { readonly type: 'version'; readonly version: string }
  | { readonly type: 'not-locked' | 'no-lockfile' | 'unread-lockfile' };

/** Where a dependency comes from: a registry, or anything else in words such as "git: github:a/b". */
export type SourceFacts =
  | { readonly type: 'registry'; readonly registry: RegistryFacts; readonly packument: Fact<Packument> }
  | { readonly type: 'other'; readonly words: string; readonly lockedTo: string | undefined };

/** Everything that a card tells, gathered by `hover`. */
export interface HoverFacts {
  /** As written in the file. */
  readonly name: string;
  /** The package's own name, where the name above is an alias of it. */
  readonly target: string;
  readonly locked: LockedFacts;
  readonly declared: string | undefined;
  /** What a catalog or an override makes of that, and which line says so. */
  readonly means?: { readonly declared: string; readonly because: string } | undefined;
  /** "dev", "optional", "peer", in the order in which they are told. */
  readonly kinds: readonly string[];
  readonly source: SourceFacts;
  /** Deprecation and licence as the lockfile has them. */
  readonly lockedDeprecated: string | undefined;
  readonly lockedLicense: string | undefined;
  readonly scripts: InstallScriptFacts;
  readonly findings: readonly { readonly severity: Severity; readonly message: string }[];
  /** Whether the editor shows further findings beside the card, so that it would be wrong to say that there are none. */
  readonly findingsBeside: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One line of a card: a label, and one text or several below each other. All of it is plain, untrusted text. */
export interface CardLine {
  readonly label: string;
  readonly texts: readonly string[];
}

/** A card as plain data; shells render it. Nothing in it is escaped. */
export interface HoverCard {
  readonly name: string;
  /** Told behind the name: "0.28.2 locked", "declares ^0.28.0". */
  readonly header: readonly string[];
  /** Description and licence, as far as they are known. */
  readonly summary: readonly string[];
  readonly lines: readonly CardLine[];
  readonly links: readonly { readonly text: string; readonly address: string }[];
}

/** Puts into words what is known of a dependency, and says of the rest that it is not known. */
export function hoverCard(facts: HoverFacts): HoverCard {
  const { source } = facts;
  const packument =
    source.type === 'registry' && source.packument.state === 'ready' ? source.packument.value : undefined;
  const lockedVersion = facts.locked.type === 'version' ? facts.locked.version : undefined;
  const latest = packument?.distTags.get('latest');
  const subject = packument?.versions.get(lockedVersion ?? latest ?? '');
  const license = subject?.license ?? facts.lockedLicense ?? packument?.license;
  const deprecated = subject?.deprecated ?? facts.lockedDeprecated;
  const lines: readonly (CardLine | undefined)[] = [
    deprecated === undefined ? undefined : line('Deprecated', deprecated),
    ...(packument === undefined ? [] : publishedLines(packument, lockedVersion, facts.now)),
    packument === undefined ? undefined : line('Maintainers', maintainers(packument)),
    packument === undefined ? undefined : releaseLine(packument, lockedVersion, facts.now),
    line('Scripts', scriptWords(facts.scripts, subject)),
    ...sourceLines(facts),
    source.type === 'registry' ? notCheckedLine(facts, source) : undefined,
    facts.findings.length === 0 && facts.findingsBeside
      ? undefined
      : { label: 'Findings', texts: findingTexts(facts) },
  ];
  return {
    name: facts.name,
    header: header(facts, latest),
    summary: [packument?.description, license].filter((text) => text !== undefined),
    lines: lines.filter((each) => each !== undefined),
    links: links(packument),
  };
}

function header(facts: HoverFacts, latest: string | undefined): readonly string[] {
  const { name, target, locked, declared, means, kinds, source } = facts;
  const parts: string[] = [];
  if (target !== name) parts.push(`an alias of ${target}`);
  parts.push(lockedWords(locked));
  if (declared !== undefined) parts.push(`declares ${declared === '' ? '""' : declared}`);
  if (means !== undefined) parts.push(`means ${means.declared} (${means.because})`);
  parts.push(...kinds);
  if (source.type === 'registry') parts.push(latest === undefined ? 'latest not known' : `latest ${latest}`);
  return parts;
}

function lockedWords(locked: LockedFacts): string {
  switch (locked.type) {
    case 'version':
      return `${locked.version} locked`;
    case 'not-locked':
      return 'not in the lockfile';
    case 'no-lockfile':
      return 'no lockfile';
    case 'unread-lockfile':
      return 'locked version not known, as the lockfile cannot be read';
  }
}

function maintainers({ maintainers: people }: Packument): string {
  if (people === undefined) return 'this registry does not say';
  const named = people.slice(0, 8).map((person) => person.name);
  const more = people.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function sourceLines({ source }: HoverFacts): readonly CardLine[] {
  if (source.type === 'registry') return [line('Registry', registryWords(source.registry))];
  return [
    line('Source', source.words),
    ...(source.lockedTo === undefined ? [] : [line('Locked to', source.lockedTo)]),
    line('Registry', 'not asked; this dependency does not come from one'),
  ];
}

function registryWords({ kind, host, because, usable }: RegistryFacts): string {
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

/** What is missing and why, told together with the age of what is shown instead. */
function notCheckedLine(
  { target, now }: HoverFacts,
  { packument, registry }: SourceFacts & { readonly type: 'registry' },
): CardLine | undefined {
  switch (packument.state) {
    case 'ready': {
      if (packument.notRefreshed === undefined) return undefined;
      const { detail } = packument.notRefreshed;
      return line('Not checked', `${detail}; last known ${formatAge(packument.asOf, now)}`);
    }
    case 'pending':
      return line('Not checked', 'the registry has not answered yet');
    case 'absent': {
      const where = registry.kind === 'public' ? 'the public npm registry' : registry.host;
      return line('Not found', `${where} has no package named "${target}"`);
    }
    case 'unavailable':
      return line('Not checked', packument.detail);
  }
}

function findingTexts({ findings }: HoverFacts): readonly string[] {
  return findings.length === 0
    ? ['none']
    : findings.map(({ severity, message }) => `${severity}: ${message}`);
}

/** Addresses as the registry gives them; the shell decides which of them may be links. */
function links(packument: Packument | undefined): HoverCard['links'] {
  const { homepage, repository } = packument ?? {};
  const source = repository?.replace(/^git\+/, '').replace(/\.git$/, '');
  return [
    ...(source === undefined ? [] : [{ text: 'Repository', address: source }]),
    ...(homepage === undefined || homepage.split('#', 1)[0] === source
      ? []
      : [{ text: 'Homepage', address: homepage }]),
  ];
}

function line(label: string, text: string): CardLine {
  return { label, texts: [text] };
}
