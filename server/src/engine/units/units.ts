import type { PerEntry, Rule } from '../../core/judge/check/rule.ts';
import { isIgnored } from '../../core/judge/policy/ignored.ts';
import { onePerCause } from '../../core/judge/rules/one-per-cause.ts';
import type { Advisories } from '../../core/know/advisory/advisories.ts';
import { type FactRequest, lookUp } from '../../core/know/facts/facts.ts';
import type { Fact, UnavailableReason } from '../../core/know/registry/documents/fact.ts';
import { compareFindings, type Finding, type Fix, mergeFindings } from '../../core/read/text/finding.ts';
import { relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { Diagnosis, NotChecked } from '../session.ts';
import { type KeptInLockfile, keptInLockfile } from './kept-in-lockfile.ts';
import { asFound, PrimaryMemory } from './primary-findings.ts';
import { type Replaced, sameReads } from './project-reads.ts';
import {
  type Inputs,
  type Miss,
  type Missed,
  notCheckedOf,
  type RecordedRun,
  runRecorded,
} from './recorded-run.ts';
import type { UnitInput } from './unit-input.ts';

export interface UnitResult extends Diagnosis {
  /** Requested facts that are unknown or stale. */
  readonly wanted: readonly FactRequest[];
}

interface UnitRecord extends Inputs {
  readonly ran: Pick<UnitInput, 'file' | 'advisories' | 'settings' | 'today' | 'hour' | 'moment'>;
  readonly missed: Missed;
  /** The findings of this run; the others are kept from an earlier one. */
  readonly fresh: readonly Finding[];
  /** All current findings, before those with one cause are merged. */
  readonly found: readonly Finding[];
  readonly result: UnitResult;
}

/** Caches the result of each unit with everything it read, and reruns it only when one of these changed. */
export interface Units {
  run(input: UnitInput): UnitResult;
  /**
   * Returns the rule's fixes of a finding, planned from the texts of the input's snapshot, as a fix may write to files
   * that its check never read. Empty for a finding that does not hold there.
   */
  fixesOf(finding: Finding, input: UnitInput): readonly Fix[];
  /** Drops the findings of a file, and their text. */
  forget(uri: Uri): void;
  readonly primaries: PrimaryMemory;
  /** Drops all units except those of these files. */
  keepOnly(uris: ReadonlySet<Uri>): void;
  /** The number of unit runs so far, for tests of the cost of an edit. */
  readonly runs: number;
}

export function createUnits(rules: readonly Rule[]): Units {
  const records = new Map<Uri, UnitRecord>();
  const order = new Map(rules.map(({ id }, at) => [id, at]));
  const byRule = (a: NotChecked, b: NotChecked) => order.get(a.rule)! - order.get(b.rule)!;
  const withoutUrls = new Set(rules.filter(({ readsNoUrls }) => readsNoUrls === true).map(({ id }) => id));
  const perEntry = new Map(
    rules.flatMap(({ id, perEntry }) => (perEntry === undefined ? [] : [[id, perEntry]])),
  );
  let runs = 0;
  /** Findings in another snapshot, computed to plan fixes, of the file requested last. */
  let again: { readonly moment: object; readonly uri: Uri; readonly found: readonly Finding[] } | undefined;

  function runUnit(input: UnitInput, known: UnitRecord | undefined): UnitRecord {
    const narrowed = known === undefined ? undefined : narrowedTo(known, input);
    const run = runRecorded(rules, input, narrowed);
    const inputs = known === undefined || narrowed === undefined ? run : joined(known, run, narrowed);
    const news = narrowed === undefined ? run.all : run.all.filter(narrowed.isNews);
    const fresh = withoutIgnored(news, input);
    const found = mergeFindings(fresh, narrowed?.kept ?? []);
    // Rules that group many findings report the others differently as well.
    if (narrowed?.looked !== undefined) {
      const telling = perEntryIn(found, input);
      if (![...narrowed.looked.rules].every((rule) => telling.has(rule))) return runUnit(input, undefined);
    }
    const { file, project, advisories, settings, today, hour, moment } = input;
    const { reads, facts, readsHour, readsAdvisories } = inputs;
    // Skipped rules keep their requests.
    const asked = [...facts.values()];
    const wanted = asked.filter(({ fact }) => isWanted(fact)).map(({ request }) => request);
    const missed =
      known === undefined || narrowed === undefined ? run.missed : joinedMissed(known, run, narrowed);
    let notChecked: Diagnosis['notChecked'] | undefined;
    const result: UnitResult = {
      uri: input.uri,
      findings: onePerCause(found),
      get notChecked() {
        notChecked ??= [...notCheckedOf(missed, { file, project })].sort(byRule);
        return notChecked;
      },
      provisional:
        asked.some(({ fact }) => fact.state === 'pending') || (readsAdvisories && isPending(advisories)),
      readsAdvisories,
      wanted,
    };
    const read = { reads, facts, readsHour, readsAdvisories };
    const ran = { file, advisories, settings, today, hour, moment };
    return { ...read, ran, missed, result, fresh, found };
  }

  /** Returns the rules that report each entry individually, given the number of findings so far. */
  function perEntryIn(found: readonly Finding[], { project }: UnitInput): ReadonlyMap<string, PerEntry> {
    const telling = new Map(perEntry);
    for (const [id, { holds }] of perEntry) {
      if (holds === undefined) continue;
      // The number of ignored findings is unknown.
      const data = found.filter(({ rule }) => rule === id).map(({ data }) => data);
      if (project.policy.ignores.length > 0 || !holds(data)) telling.delete(id);
    }
    return telling;
  }

  /** Returns what still holds after an edit of a lockfile; undefined if all of it must be checked. */
  function narrowedTo(record: UnitRecord, input: UnitInput): KeptInLockfile | undefined {
    const before = record.ran.file;
    const after = input.file;
    if (before.kind !== 'lockfile' || after.kind !== 'lockfile') return undefined;
    if (!isSameBeside(record, input, { before, after })) return undefined;
    const { found } = record;
    return keptInLockfile(before, after, found, { withoutUrls, perEntry: perEntryIn(found, input) });
  }

  /** Returns all findings of a snapshot, from which their fixes are planned. */
  function foundIn(input: UnitInput): readonly Finding[] {
    const { moment, uri } = input;
    if (again?.moment !== moment || again.uri !== uri) {
      again = { moment, uri, found: withoutIgnored(runRecorded(rules, input).all, input) };
    }
    return again.found;
  }

  return {
    get runs() {
      return runs;
    },
    run(input) {
      const known = records.get(input.uri);
      if (known !== undefined && isCurrent(known, input)) return known.result;
      runs++;
      const record = runUnit(input, known);
      records.set(input.uri, record);
      return record.result;
    },
    fixesOf(reported, input) {
      const finding = asFound(reported);
      const record = records.get(input.uri);
      if (record?.ran.moment === input.moment && record.fresh.includes(finding)) return finding.fixes();
      return sameIn(foundIn(input), finding)?.fixes() ?? [];
    },
    forget: (uri) => records.delete(uri),
    primaries: new PrimaryMemory(),
    keepOnly(uris) {
      if (again !== undefined && !uris.has(again.uri)) again = undefined;
      for (const uri of records.keys()) if (!uris.has(uri)) records.delete(uri);
    },
  };
}

function isPending(advisories: Advisories): boolean {
  return advisories.isPending ?? advisories.sources.some(({ state }) => state === 'pending');
}

/** Returns the equal finding in a sorted list. */
function sameIn(found: readonly Finding[], finding: Finding): Finding | undefined {
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareFindings(found[middle]!, finding) < 0) low = middle + 1;
    else high = middle;
  }
  const same = found[low];
  return same !== undefined && compareFindings(same, finding) === 0 ? same : undefined;
}

/** Checks whether a fact should be requested: not if it is current, or may not be requested. */
function isWanted(fact: Fact<unknown>): boolean {
  switch (fact.state) {
    case 'ready':
      return fact.stale;
    case 'unavailable':
      return WANTED_AGAIN.has(fact.reason);
    default:
      return true;
  }
}

const WANTED_AGAIN: ReadonlySet<UnavailableReason> = new Set([
  'offline',
  'unreachable',
  'failed',
  'no-access',
]);

function isCurrent(record: UnitRecord, input: UnitInput): boolean {
  const { ran } = record;
  if (ran.file !== input.file) return false;
  return ran.moment === input.moment || isSameBeside(record, input);
}

/** Checks whether everything besides the file is as in the recorded run. */
function isSameBeside(record: UnitRecord, input: UnitInput, file?: Replaced): boolean {
  const { ran, reads, facts, readsHour, readsAdvisories } = record;
  // Another lockfile has another object; the state of sources is reported separately.
  const advisoriesIn = ({ advisories }: Pick<UnitInput, 'advisories'>) =>
    file === undefined ? advisories : (advisories.knowledge ?? advisories);
  if (ran.settings !== input.settings || ran.today !== input.today) return false;
  if (readsHour && ran.hour !== input.hour) return false;
  if (readsAdvisories && advisoriesIn(ran) !== advisoriesIn(input)) return false;
  if (!sameReads(reads, input.project, file)) return false;
  for (const { request, fact } of facts.values()) if (lookUp(input.facts, request) !== fact) return false;
  return true;
}

/** Joins the reads of a run over some entries with those of the run before it. */
function joined(before: UnitRecord, run: RecordedRun, { touched, skipped }: KeptInLockfile): Inputs {
  const members = new Map([...before.reads.members, ...run.reads.members]);
  const rootManifest = new Map([...before.reads.rootManifest, ...run.reads.rootManifest]);
  let facts = before.facts;
  // Skipped rules request no further facts of the same packages.
  if (skipped.size === 0) {
    facts = new Map([...facts].filter(([, { request }]) => !touched.has(request.name)));
  }
  for (const [key, asked] of run.facts) {
    if (facts.get(key)?.fact === asked.fact) continue;
    facts = new Map([...facts, ...run.facts]);
    break;
  }
  const readsHour = before.readsHour || run.readsHour;
  const readsAdvisories = before.readsAdvisories || run.readsAdvisories;
  return { reads: { members, rootManifest }, facts, readsHour, readsAdvisories };
}

/** Joins missing facts of rules that were skipped or checked only some entries. */
function joinedMissed(before: UnitRecord, run: RecordedRun, narrowed: KeptInLockfile): Missed {
  const { looked, skipped, touched } = narrowed;
  const isSkipped = ({ rule }: { readonly rule: string }) => skipped.has(rule);
  const misses = [...run.missed.misses];
  for (const miss of before.missed.misses) {
    if (isSkipped(miss)) misses.push(miss);
    else if (looked?.rules.has(miss.rule) === true) addMiss(misses, miss, touched);
  }
  const unreachable = [...before.missed.unreachable.filter(isSkipped), ...run.missed.unreachable];
  return { misses, unreachable };
}

/** Adds those of an earlier run that still hold, before those of this one. */
function addMiss(misses: Miss[], { rule, reason, names }: Miss, touched: KeptInLockfile['touched']): void {
  const at = misses.findIndex((miss) => miss.rule === rule && miss.reason === reason);
  const now = misses[at]?.names ?? new Set<string>();
  const kept = [...names].filter((name) => !touched.has(name) || now.has(name));
  const miss = { rule, reason, names: new Set([...kept, ...now]) };
  if (at !== -1) misses[at] = miss;
  else if (miss.names.size > 0) misses.push(miss);
}

/** Filters ignored findings. The `path` of an ignore entry is relative to the configuration file, like other globs. */
function withoutIgnored(
  findings: readonly Finding[],
  { project, uri, today, settings }: UnitInput,
): readonly Finding[] {
  if (project.policy.ignores.length === 0 || settings.reportsAccepted === true) return findings;
  const path = relativeUri(project.policyBase, uri);
  return findings.filter((finding) => !isIgnored(project.policy, { ...finding, path }, today));
}
