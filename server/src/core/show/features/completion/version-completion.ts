import semver from 'semver';
import {
  describeVulnerability,
  type KnownAgainst,
  knownAgainst,
} from '../../../judge/exposure/known-against.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import { NO_ADVISORIES } from '../../../know/advisory/advisories.ts';
import type { Fact } from '../../../know/registry/documents/fact.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { candidateVersion } from '../../../know/registry/releases/candidate-version.ts';
import { packageNameProblem } from '../../../read/manifest/package-name.ts';
import { aliasParts } from '../../../read/manifest/read-specifier.ts';
import { askCooldown, type Cooldown } from '../../../read/project/manager/cooldown.ts';
import type { Project } from '../../../read/project/project.ts';
import { formatAge, formatDay } from '../../../read/text/words/dates.ts';
import { oneLine } from '../markdown.ts';
import type { Completion, Completions } from './completion.ts';
import type { ValuePlace } from './place.ts';

/** Nobody reads more; further typing yields others. */
const MOST = 150;
const MOST_MAJORS = 5;

/** A partly typed value. */
export interface TypedRange {
  /** The package whose versions are offered. */
  readonly target: string;
  /** `npm:name@`, otherwise empty. */
  readonly prefix: string;
  readonly operator: string;
  readonly rest: string;
}

/** Returns undefined if the package is not known yet, and for anything that is not a version, range or tag. */
export function typedRange({ name, typed }: Pick<ValuePlace, 'name' | 'typed'>): TypedRange | undefined {
  const alias = aliasParts(typed);
  const prefix = alias?.prefix ?? '';
  // Of `npm:name` and `npm:1` nobody knows yet how the name goes on.
  if (alias?.target === '' || !typed.startsWith(prefix)) return undefined;
  const target = alias?.target ?? name;
  const parts = /^(\^|~|>=|<=|>|<|=|v|)\s*([\w.-]*)$/.exec(typed.slice(prefix.length));
  if (parts === null || packageNameProblem(target) !== undefined) return undefined;
  return { target, prefix, operator: parts[1]!, rest: parts[2]! };
}

export interface VersionContext {
  readonly project: Project;
  readonly coolDown: Cooldown;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly advisories?: Advisories;
}

interface JudgedContext extends VersionContext {
  readonly against: KnownAgainst;
  /** Checks that a version is not malware. */
  accepts(version: { readonly version: string }): boolean;
}

/**
 * Returns versions, ranges and tags of the package: first those that may be installed now, then all, latest first.
 * Excludes malware and names known vulnerabilities.
 */
export function versionCompletions(
  typed: TypedRange,
  fact: Fact<Packument>,
  context: VersionContext,
): Completions {
  if (fact.state !== 'ready') return { items: [noteOf(typed, fact)], isIncomplete: true };
  const all = new Map<string, Completion>();
  const add = (completion: Completion) => {
    if (!all.has(completion.value)) all.set(completion.value, completion);
  };
  const against = knownAgainst(context.project, context.advisories ?? NO_ADVISORIES);
  const accepts = ({ version }: { readonly version: string }) => !against.isMalware(typed.target, version);
  const judged = { ...context, against, accepts };
  for (const each of ranges(typed, fact.value, judged)) add(each);
  for (const each of versions(typed, fact.value, judged)) add(each);
  if (typed.operator === '') for (const each of tags(typed, fact.value, judged)) add(each);
  const items = [...all.values()];
  const note = fact.notRefreshed;
  const shown = items.slice(0, MOST);
  if (note !== undefined) shown.push(staleNote(typed, fact.asOf, note.detail, context.now));
  return { items: shown, isIncomplete: items.length > MOST || note !== undefined };
}

/** Yields the latest installable version with each operator, then the latest of earlier major versions. */
function* ranges(typed: TypedRange, packument: Packument, context: JudgedContext): Generator<Completion> {
  const { operator, rest } = typed;
  if (rest !== '') return;
  const best = candidateVersion({ packument, range: '*', ...context })?.version;
  if (best === undefined) return;
  for (const each of operator === '' ? preferredOperators(context.project) : [operator]) {
    yield completionOf(typed, each, best, packument, context);
  }
  let major = semver.major(best);
  for (let count = 0; count < MOST_MAJORS && major > 0; count++) {
    const earlier = candidateVersion({ packument, range: `<${major}.0.0`, ...context })?.version;
    if (earlier === undefined) return;
    yield completionOf(typed, operator === '' ? '^' : operator, earlier, packument, context);
    major = semver.major(earlier);
  }
}

/** Returns operators, the one npm would save first. */
function preferredOperators({ npmConfig }: Project): readonly string[] {
  const exact = npmConfig.get('save-exact')?.value === 'true';
  const own = exact ? '' : npmConfig.get('save-prefix')?.value === '~' ? '~' : '^';
  return [own, ...['^', '~', ''].filter((operator) => operator !== own)];
}

/** Yields prereleases last, unless one is being typed. */
function* versions(typed: TypedRange, packument: Packument, context: JudgedContext): Generator<Completion> {
  const { rest, operator } = typed;
  const parsed: semver.SemVer[] = [];
  for (const key of packument.versions.keys()) {
    const version = key.startsWith(rest) ? semver.parse(key) : null;
    if (version !== null && context.accepts(version) && version.version === key) parsed.push(version);
  }
  parsed.sort(semver.rcompare);
  const wantsPrerelease = rest.includes('-');
  const isPlain = ({ prerelease }: semver.SemVer) => prerelease.length === 0 || wantsPrerelease;
  for (const { version } of [...parsed.filter(isPlain), ...parsed.filter((each) => !isPlain(each))]) {
    yield completionOf(typed, operator, version, packument, context);
  }
}

function* tags(
  { prefix, rest }: TypedRange,
  packument: Packument,
  context: JudgedContext,
): Generator<Completion> {
  for (const [tag, version] of packument.distTags) {
    if (!tag.startsWith(rest) || !context.accepts({ version })) continue;
    const standing = standingOf(version, packument, context);
    yield {
      label: oneLine(prefix + tag, 100),
      detail: oneLine([version, ...standing.words.filter((word) => word !== tag)].join(' · '), 100),
      documentation: undefined,
      value: prefix + tag,
      kind: 'tag',
      deprecated: standing.deprecated,
      about: { name: packument.name, version },
    };
  }
}

function completionOf(
  { prefix }: TypedRange,
  operator: string,
  version: string,
  packument: Packument,
  context: JudgedContext,
): Completion {
  const { words, deprecated } = standingOf(version, packument, context);
  const value = prefix + operator + version;
  return {
    label: oneLine(value, 100),
    detail: oneLine(words.join(' · '), 100),
    documentation: undefined,
    value,
    kind: operator === '' ? 'version' : 'range',
    deprecated,
    about: { name: packument.name, version },
  };
}

interface Standing {
  /** The age, and reasons against the version. */
  readonly words: readonly string[];
  readonly deprecated: boolean;
}

function standingOf(
  version: string,
  packument: Packument,
  { coolDown, now, against }: JudgedContext,
): Standing {
  const { name, times, versions, distTags } = packument;
  const time = times.get(version);
  const words = [time === undefined ? 'age unknown' : formatAge(time, now)];
  if (distTags.get('latest') === version) words.push('latest');
  const known = against.vulnerabilitiesOf(name, version);
  if (known !== undefined) words.push(describeVulnerability(known));
  const deprecated = versions.get(version)?.deprecated;
  if (deprecated !== undefined) words.push('deprecated');
  if (askCooldown(coolDown, name, version, time, now) === 'waits') {
    const until =
      coolDown.wait === 0 || time === undefined ? '' : ` until ${formatDay(time + coolDown.wait)}`;
    // The list is narrow, and the year is obvious.
    words.push(`in cooldown${until.replace(/ \d{4}$/, '')}`);
  }
  return { words, deprecated: deprecated !== undefined };
}

/** Returns a note that rewrites the existing text unchanged. */
function noteOf(typed: TypedRange, fact: Exclude<Fact<Packument>, { readonly state: 'ready' }>): Completion {
  const label = `versions of ${typed.target} unknown`;
  switch (fact.state) {
    case 'pending':
      return note(typed, label, 'its registry has not answered yet');
    case 'absent':
      return note(typed, label, 'its registry has no such package');
    case 'unavailable':
      return note(typed, label, fact.detail);
  }
}

function staleNote(typed: TypedRange, asOf: number, detail: string, now: number): Completion {
  return note(typed, `versions of ${typed.target} as of ${formatAge(asOf, now)}`, detail);
}

function note({ prefix, operator, rest }: TypedRange, label: string, detail: string): Completion {
  return {
    label: oneLine(label, 120),
    detail: oneLine(detail, 120),
    documentation: undefined,
    value: prefix + operator + rest,
    kind: 'note',
    deprecated: false,
  };
}
