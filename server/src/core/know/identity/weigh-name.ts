import type { Person } from '../registry/documents/packument.ts';

/** The facts on a package with a suspicious name; undefined ones have no weight. */
export interface KnownOfName {
  /** Milliseconds since 1970: of the first version, of the locked one, and of the request for these facts. */
  readonly firstPublished: number | undefined;
  readonly lockedPublished: number | undefined;
  readonly asOf: number;
  readonly versions: number | undefined;
  readonly weeklyDownloads: number | undefined;
  readonly runsInstallScript: boolean | undefined;
  readonly deprecated: string | undefined;
  readonly maintainers: readonly Person[] | undefined;
  readonly repository: string | undefined;
  /** The package that the name imitates; `absent` if its registry has none of that name. */
  readonly target: KnownOfTarget | 'absent' | undefined;
}

export interface KnownOfTarget {
  readonly name: string;
  readonly maintainers: readonly Person[] | undefined;
  readonly repository: string | undefined;
}

/**
 * confirmed: the facts fit a deception; open: no fact decides; doubtful: it has existed for long; cleared: it is an
 * independent package, or one of the same people.
 */
export type NameWeight =
  | { readonly verdict: 'confirmed'; readonly because: string }
  | { readonly verdict: 'open' | 'doubtful' | 'cleared' };

const DAY = 86_400_000;
const NEW_FOR = 90 * DAY;
const OLD_FROM = 730 * DAY;
const IN_USE_FROM = 365 * DAY;

/** With this many downloads a week, somebody would have noticed. */
const MANY = 15_000;
const FEW = 1_000;
const SOME_VERSIONS = 5;

/** Weighs the facts on a name that looks like another. */
export function weighName(known: KnownOfName): NameWeight {
  if (isCleared(known)) return { verdict: 'cleared' };
  const because = confirmation(known);
  if (because !== undefined) return { verdict: 'confirmed', because };
  return { verdict: isOld(known) ? 'doubtful' : 'open' };
}

function isCleared({ target, maintainers, weeklyDownloads = 0, deprecated, ...known }: KnownOfName): boolean {
  // A name that does not exist is not imitated.
  if (target === 'absent') return true;
  if (target !== undefined && shareMaintainer(maintainers, target.maintainers)) return true;
  // An open statement deceives nobody; deprecated-dependency reports it.
  if (target !== undefined && deprecated !== undefined && mentions(deprecated, target.name)) return true;
  return weeklyDownloads >= MANY || (weeklyDownloads >= FEW && age(known) >= IN_USE_FROM);
}

function confirmation(known: KnownOfName): string | undefined {
  const { firstPublished, weeklyDownloads, runsInstallScript, maintainers, repository, target } = known;
  const since = age(known);
  if (firstPublished !== undefined && since >= 0 && since < NEW_FOR) {
    return `was first published on ${new Date(firstPublished).toISOString().slice(0, 10)}`;
  }
  if (runsInstallScript === true && weeklyDownloads !== undefined && weeklyDownloads < FEW) {
    return `runs a script on install and has ${weeklyDownloads} downloads a week`;
  }
  // Anybody may claim any repository in a package, and a copy of a package copies that too.
  const claims =
    target !== undefined && target !== 'absent' && isSameRepository(repository, target.repository)
      ? target
      : undefined;
  const areBothKnown = maintainers !== undefined && claims?.maintainers !== undefined;
  return areBothKnown ? `names the repository of "${claims.name}", with none of its maintainers` : undefined;
}

/** Long published with some versions, or locked for a year: a deception would have been found and removed. */
function isOld(known: KnownOfName): boolean {
  const { versions = 0, lockedPublished, asOf } = known;
  const isLongLocked = lockedPublished !== undefined && asOf - lockedPublished >= IN_USE_FROM;
  return isLongLocked || (age(known) >= OLD_FROM && versions >= SOME_VERSIONS);
}

/** -1 if unknown. */
function age({ firstPublished, asOf }: Pick<KnownOfName, 'firstPublished' | 'asOf'>): number {
  return firstPublished === undefined ? -1 : asOf - firstPublished;
}

function shareMaintainer(own: readonly Person[] = [], others: readonly Person[] = []): boolean {
  return own.some(({ name }) => others.some((other) => other.name === name));
}

/** Matches a separate word: 'react' is not mentioned where 'react-dom' is. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text.slice(at + name.length, at + name.length + 2)];
    if (!/[\w@/-]/.test(before) && !/^[\w/-]|^\.\w/.test(after)) return true;
  }
  return false;
}

function isSameRepository(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && plain(a) === plain(b);
}

function plain(repository: string): string {
  return repository
    .toLowerCase()
    .replace(/^(?:git\+)?[a-z]+:\/\/(?:[^/@]*@)?|^git@/, '')
    .replace(':', '/')
    .replace(/\.git$|\/$/, '');
}
