import { readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import type { LockEntry, Lockfile, ReadStatus } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import type { YarnLockEntry } from '../../server/src/core/read/lockfile/yarn/yarn-lockfile.ts';
import type { Span } from '../../server/src/core/read/text/span.ts';
import { wrongAfterEdit } from './examine-edit.ts';
import { type Facts, judge, type Verdict } from './judge.ts';
import type { Mutant } from './mutations.ts';
import type { Family, Source } from './source.ts';

/** The longest sentence that is readable in a status bar. */
const LONGEST_REASON = 700;

export interface Outcome {
  /** Undefined if the reader threw. */
  readonly status: ReadStatus | undefined;
  /** What is wrong with it; undefined if nothing is. */
  readonly message: string | undefined;
}

/**
 * Reads a changed text as the kind of file that the source is, and returns what is wrong with the result. The
 * invariants: every position lies in the text, every message is one sentence, a text that is not read completely is not
 * `checked`, a truncated text gives nothing that contradicts the whole, and an edit that leads to it gives the same.
 */
export function examine(source: Source, whole: WholeRead, { text, steps }: Mutant): Outcome {
  const lock = readLockfile(`file:///${source.kind}`, text, source.kind);
  const message =
    wrongSentence(lock) ??
    wrongSpan(lock) ??
    (lock.status === 'checked' ? wrongPraise(whole, lock) : undefined) ??
    (steps.length === 1 && steps[0] === 'cut' ? wrongRest(whole, lock) : undefined) ??
    wrongAfterEdit(whole.lock, lock);
  return { status: lock.status, message };
}

/** The facts about a source before any change. */
export interface WholeRead {
  readonly lock: Lockfile;
  readonly entries: ReadonlyMap<string, LockEntry>;
  /** Whether each dependency of the whole text has a target, so that one without is new. */
  readonly hasAllTargets: boolean;
}

/** Reads a source, which must be complete for our reader and for its judge. */
export function readWhole(source: Source): WholeRead {
  const lock = readLockfile(`file:///${source.kind}`, source.text, source.kind);
  if (lock.status !== 'checked') throw new Error(`${source.name} is ${lock.status}: ${lock.reason}`);
  const verdict = judge(familyRead(lock), source.text);
  if (typeof verdict === 'string') throw new Error(`${source.name} is ${verdict} for its judge`);
  const difference = differenceOf(lock, verdict);
  if (difference !== undefined) throw new Error(`${source.name}: ${difference}`);
  return {
    lock,
    entries: new Map(lock.entries.map((entry) => [idOf(lock, entry), entry])),
    hasAllTargets: verdict.missing.length === 0,
  };
}

function wrongSentence(lock: Lockfile): string | undefined {
  const { status, reason, problems, entries, entriesTotal } = lock;
  if ((status === 'checked') !== (reason === undefined)) return `${status} with the reason ${reason}`;
  if (status === 'checked' && problems.length > 0) return `checked with a problem: ${problems[0]!.message}`;
  if (status === 'partial' && problems.length === 0) return 'partial without a problem';
  if (reason !== undefined && !/^\S[\s\S]*\.$/.test(reason)) return `not a sentence: ${reason}`;
  if (reason !== undefined && reason.length > LONGEST_REASON)
    return `a reason of ${reason.length} characters`;
  const long = problems.find(({ message }) => message.length > LONGEST_REASON);
  if (long !== undefined) return `a message of ${long.message.length} characters`;
  if (reason !== undefined && /[\n\r\0]/.test(reason))
    return `line ends in a reason: ${JSON.stringify(reason)}`;
  if (entries.length > entriesTotal) return `${entries.length} of ${entriesTotal} entries`;
  const isNothingRead = status === 'unreadable' || status === 'unsupported';
  if (isNothingRead && entries.length > 0) return `${status}, and yet it has entries`;
  if (status === 'checked' && entries.length !== entriesTotal)
    return `checked with ${entries.length} of ${entriesTotal}`;
  return undefined;
}

/** Reads everything in every entry, and checks the position of each value. */
function wrongSpan(lock: Lockfile): string | undefined {
  const { length } = lock.text;
  const isOutside = ({ start, end }: Span) => !(start >= 0 && start <= end && end <= length);
  const problem = lock.problems.find(({ span }) => isOutside(span));
  if (problem !== undefined) return `${problem.message} at ${JSON.stringify(problem.span)} of ${length}`;
  if (lock.formatVersion !== undefined && isOutside(lock.formatVersion.span)) return 'the version is outside';
  for (const entry of [...lock.entries, ...lock.links, ...lock.importers.values()]) {
    const place = [
      ['entry', entry],
      ['key', { span: entry.keySpan }],
      ['version', entry.version],
      ['resolved', entry.resolved],
      ['integrity', entry.integrity],
      ['checksum', entry.checksum],
      ...entry.edges.flatMap(
        (edge) =>
          [
            [`name of ${edge.name}`, { span: edge.nameSpan }],
            [`text of ${edge.name}`, edge.specifier],
          ] as const,
      ),
    ] as const;
    const wrong = place.find(([, located]) => located !== undefined && isOutside(located.span));
    if (wrong !== undefined) return `${wrong[0]} of ${entry.key.slice(0, 100)} is outside of the text`;
    const values = [
      entry.key,
      entry.name,
      entry.source,
      typeof entry.dev,
      typeof entry.optional,
      typeof entry.peer,
      typeof entry.bundled,
      typeof entry.hasInstallScript,
    ];
    if (values.some((value) => typeof value !== 'string')) return `an entry without a value: ${values}`;
    for (const list of [entry.os, entry.cpu, entry.libc]) {
      if (!list.every((value) => typeof value === 'string')) return `os, cpu or libc of ${entry.key}`;
    }
    for (const value of [entry.alias, entry.deprecated, entry.license]) {
      if (value !== undefined && typeof value !== 'string') return `a value of ${entry.key} is no text`;
    }
    for (const edge of entry.edges) {
      const target = lock.follow(entry, edge);
      if (target !== undefined && isOutside(target.span)) return `${edge.name} leads outside of the text`;
    }
    lock.entry(entry.key);
  }
  for (const [path, importer] of lock.importers) {
    for (const edge of importer.edges) lock.resolve(path, edge.name, edge.specifier.value);
  }
  for (const name of ['__proto__', 'constructor', '', 'toString']) {
    if (lock.resolve('', name, '*') !== undefined && !lock.text.includes(name))
      return `${name} leads somewhere`;
  }
  return undefined;
}

/** Returns why a text that is called `checked` must not be. */
function wrongPraise(whole: WholeRead, lock: Lockfile): string | undefined {
  const verdict = judge(familyRead(lock), lock.text);
  if (verdict === 'unsure') return undefined;
  if (verdict === 'unreadable') return 'checked, but another parser cannot read it';
  const difference = differenceOf(lock, verdict);
  if (difference !== undefined) return `checked, but ${difference}`;
  if (whole.hasAllTargets && verdict.missing.length > 0)
    return `checked, but ${verdict.missing[0]}, which is missing`;
  return undefined;
}

function differenceOf(lock: Lockfile, { entries }: Verdict): string | undefined {
  const ours = new Map<string, LockEntry>();
  for (const entry of lock.entries) for (const id of idsOf(lock, entry)) ours.set(id, entry);
  for (const [id, facts] of entries) {
    const entry = ours.get(id);
    if (entry === undefined) {
      if (isElsewhere(lock, id)) continue;
      return `${id} is not among its entries`;
    }
    const wrong = wrongFact(lock, entry, facts);
    if (wrong !== undefined) return `${wrong} of ${id} differs`;
  }
  for (const id of ours.keys()) if (!entries.has(id)) return `${id} is not in it`;
  return undefined;
}

/** Checks for members and links, which are not packages but are read. */
function isElsewhere(lock: Lockfile, id: string): boolean {
  if (lock.importers.has(id)) return true;
  const key = lock.format === 'pnpm' ? id.slice(id.indexOf(' ') + 1) : id;
  const ids = [...lock.links, ...lock.importers.values()].flatMap((entry) => idsOf(lock, entry));
  return ids.includes(key) || (lock.entry(key) !== undefined && lock.format !== 'pnpm');
}

function wrongFact(lock: Lockfile, entry: LockEntry, facts: Facts): string | undefined {
  const family = familyRead(lock);
  if (family === 'pnpm') return entry.integrity?.value === facts.integrity ? undefined : 'integrity';
  // A URL or an alias in `version` is `resolved` in our model.
  const isVersion = facts.version === undefined || (family === 'npm-v1' && /[:/]/.test(facts.version));
  if (!isVersion && entry.version?.value !== facts.version) return 'version';
  if (family === 'yarn-berry') return undefined;
  if (facts.resolved !== undefined && entry.resolved?.value !== facts.resolved) return 'resolved';
  if (entry.integrity?.value !== facts.integrity && (family !== 'bun' || facts.integrity !== undefined))
    return 'integrity';
  return undefined;
}

/** Returns what a truncated text gives that the whole does not have; it may only lack something. */
function wrongRest(whole: WholeRead, lock: Lockfile): string | undefined {
  for (const entry of lock.entries) {
    const original = whole.entries.get(idOf(lock, entry));
    if (original === undefined) return `${entry.key} comes of a cut`;
    for (const field of ['version', 'resolved', 'integrity', 'checksum'] as const) {
      const value = entry[field]?.value;
      if (value !== undefined && value !== original[field]?.value)
        return `${field} of ${entry.key} is cut to ${value}`;
    }
  }
  return undefined;
}

/** Returns the family that our reader detected. */
function familyRead({ format, formatVersion }: Lockfile): Family {
  const version = formatVersion?.value;
  if (format === 'pnpm' || format === 'bun') return format;
  if (format === 'yarn') return version === undefined || version === '1' ? 'yarn-classic' : 'yarn-berry';
  return version === undefined || version === '1' ? 'npm-v1' : 'npm';
}

function idOf(lock: Lockfile, entry: LockEntry): string {
  return idsOf(lock, entry)[0] ?? '';
}

/** Returns the judge's keys of an entry: Yarn 1's parser has one for each declaration. */
function idsOf(lock: Lockfile, entry: LockEntry): readonly string[] {
  if ('document' in entry) return [`${String(entry.document)} ${entry.key}`];
  if (familyRead(lock) !== 'yarn-classic' || !('descriptors' in entry)) return [entry.key];
  return (entry as YarnLockEntry).descriptors.map(({ value }) => value);
}
