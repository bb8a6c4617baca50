import type { Advisories } from '../core/advisory/advisories.ts';
import type { Finding, Fix } from '../core/finding.ts';
import type { PopularNames } from '../core/identity/popular-names.ts';
import { changedNames } from '../core/manifest/changed-names.ts';
import type { ManifestDependency } from '../core/manifest/manifest.ts';
import { narrowManifest } from '../core/manifest/narrow-manifest.ts';
import { isAccepted, isIgnored } from '../core/policy/ignored.ts';
import type { Project } from '../core/project/project.ts';
import { askedNames } from '../core/registry/asked-names.ts';
import type { Fact, UnavailableReason } from '../core/registry/fact.ts';
import { type FactRequest, factKey, lookUp, watchedFacts } from '../core/rules/facts.ts';
import type { CheckedFile, Facts, Rule } from '../core/rules/rule.ts';
import { runRules } from '../core/rules/run.ts';
import { relativeUri, type Uri } from '../core/text/uri.ts';
import { type ProjectReads, recordReads, sameReads } from './project-reads.ts';
import type { Diagnosis, NotChecked } from './session.ts';
import type { EngineSettings } from './settings.ts';

/** What one unit of work, a file within its project, needs to run. */
export interface UnitInput {
  readonly uri: Uri;
  readonly file: CheckedFile;
  readonly project: Project;
  readonly facts: Facts;
  readonly popular: PopularNames;
  readonly advisories: Advisories;
  readonly settings: EngineSettings;
  /** `YYYY-MM-DD`: ignores expire. */
  readonly today: string;
  /** The start of the present hour, in milliseconds since 1970: versions grow old. */
  readonly hour: number;
  /** The snapshot that asks: within one, nothing changes. */
  readonly moment: object;
  text(uri: Uri): string | undefined;
}

export interface UnitResult extends Diagnosis {
  /** What was asked for and is not known, or not for certain any more. */
  readonly wanted: readonly FactRequest[];
}

/** Look-ups by their keys, with what was known then. */
type AskedFacts = ReadonlyMap<string, { readonly request: FactRequest; readonly fact: Fact<unknown> }>;

interface UnitRecord {
  readonly ran: UnitInput;
  readonly reads: ProjectReads;
  readonly facts: AskedFacts;
  /** Whether a rule looked at the time. */
  readonly readsHour: boolean;
  /** Whether a rule looked at advisories. */
  readonly readsAdvisories: boolean;
  /** Of a manifest, the names of the dependencies of which a rule had something to say or to ask. */
  readonly notable: ReadonlySet<string>;
  /** As the rules gave them, in the order of `result.findings`. */
  readonly found: readonly Finding[];
  readonly result: UnitResult;
  /** The input that last confirmed the result. */
  latest: UnitInput;
  /** The same findings, found again in a later snapshot for the sake of their fixes. */
  again: { readonly moment: object; readonly found: readonly Finding[] } | undefined;
}

/**
 * A finding that knows the run it comes from. (A WeakMap could know it too, but the collector of young objects takes
 * what is in one for alive: every edit's models would stay for long.)
 */
interface UnitFinding extends Finding {
  fixesIn(input: UnitInput): readonly Fix[];
}

/** Remembers each unit's result with what it read, and runs it again only when one of those changed. */
export interface Units {
  run(input: UnitInput): UnitResult;
  /**
   * The rule's fixes of a finding, made from the texts of the input's snapshot: a fix may write to files that its
   * check never looked at.
   */
  fixesOf(finding: Finding, input: UnitInput): readonly Fix[];
  /** Forgets all units but those of these files. */
  keepOnly(uris: ReadonlySet<Uri>): void;
  /** How many units ran so far, for tests of what an edit costs. */
  readonly runs: number;
}

export function createUnits(rules: readonly Rule[]): Units {
  const records = new Map<Uri, UnitRecord>();
  let runs = 0;

  function runUnit(input: UnitInput, known: UnitRecord | undefined): UnitRecord {
    const names = known === undefined ? undefined : namesToCheck(known, input);
    const run = runRecorded(rules, input, names);
    const { all, notChecked } = run;
    const { reads, facts, readsHour, readsAdvisories } =
      known === undefined || names === undefined ? run : joined(known, run);
    const found = withoutIgnored(all, input);
    const findings = found.map(
      (finding, at): UnitFinding => ({
        ...finding,
        fixes: () => fixesAt(record, at, record.latest),
        fixesIn: (asked) => fixesAt(record, at, isCurrent(record, asked) ? asked : record.ran),
      }),
    );
    const wanted = [...run.facts.values()].filter(({ fact }) => isWanted(fact)).map(({ request }) => request);
    const result: UnitResult = {
      uri: input.uri,
      findings,
      notChecked,
      provisional:
        [...run.facts.values()].some(({ fact }) => fact.state === 'pending') ||
        (readsAdvisories && input.advisories.sources.some(({ state }) => state === 'pending')),
      readsAdvisories,
      wanted,
    };
    const notable = notableNames(input.file, run, names);
    const record: UnitRecord = {
      ...{ ran: input, reads, facts, readsHour, readsAdvisories, notable, found, result },
      ...{ latest: input, again: undefined },
    };
    return record;
  }

  function fixesAt(record: UnitRecord, at: number, input: UnitInput): readonly Fix[] {
    if (record.ran.moment === input.moment) return record.found[at]!.fixes();
    if (record.again?.moment !== input.moment) {
      const { all } = runRecorded(rules, input);
      const found = withoutIgnored(all, input);
      record.again = { moment: input.moment, found };
    }
    return record.again.found[at]?.fixes() ?? [];
  }

  return {
    get runs() {
      return runs;
    },
    run(input) {
      const known = records.get(input.uri);
      if (known !== undefined && isCurrent(known, input)) {
        known.latest = input;
        return known.result;
      }
      runs++;
      const record = runUnit(input, known);
      records.set(input.uri, record);
      return record.result;
    },
    fixesOf(finding, input) {
      return (finding as Partial<UnitFinding>).fixesIn?.(input) ?? finding.fixes();
    },
    keepOnly(uris) {
      for (const uri of records.keys()) if (!uris.has(uri)) records.delete(uri);
    },
  };
}

/** All but what is known to be true now, and what may not be asked. */
function isWanted(fact: Fact<unknown>): boolean {
  switch (fact.state) {
    case 'ready':
      return fact.stale;
    case 'unavailable':
      return fact.reason === 'offline' || fact.reason === 'failed' || fact.reason === 'no-access';
    default:
      return true;
  }
}

function isCurrent(record: UnitRecord, input: UnitInput): boolean {
  const { ran } = record;
  if (ran.file !== input.file) return false;
  return ran.moment === input.moment || isSameBeside(record, input);
}

/** Whether everything beside the file is as it was in the record's run. */
function isSameBeside(record: UnitRecord, input: UnitInput): boolean {
  const { ran, reads, facts, readsHour, readsAdvisories } = record;
  if (ran.settings !== input.settings || ran.today !== input.today) return false;
  if (readsHour && ran.hour !== input.hour) return false;
  if (readsAdvisories && ran.advisories !== input.advisories) return false;
  if (!sameReads(reads, input.project)) return false;
  for (const { request, fact } of facts.values()) if (lookUp(input.facts, request) !== fact) return false;
  return true;
}

/** The dependencies of an edited manifest that rules have to look at again; undefined where it is all of them. */
function namesToCheck(record: UnitRecord, input: UnitInput): ReadonlySet<string> | undefined {
  const before = record.ran.file;
  const after = input.file;
  if (before.kind !== 'manifest' || after.kind !== 'manifest') return undefined;
  const changed = changedNames(before, after);
  if (changed === undefined || !isSameBeside(record, input)) return undefined;
  return new Set([...changed, ...record.notable]);
}

/** What a run read that saw only some dependencies, and the run before it of the others. */
function joined(before: UnitRecord, run: RecordedRun): Inputs {
  const members = new Map([...before.reads.members, ...run.reads.members]);
  const rootManifest = new Map([...before.reads.rootManifest, ...run.reads.rootManifest]);
  let { facts } = before;
  for (const [key, asked] of run.facts) {
    if (facts.get(key)?.fact === asked.fact) continue;
    facts = new Map([...before.facts, ...run.facts]);
    break;
  }
  const readsHour = before.readsHour || run.readsHour;
  const readsAdvisories = before.readsAdvisories || run.readsAdvisories;
  return { reads: { members, rootManifest }, facts, readsHour, readsAdvisories };
}

/**
 * Of the dependencies that were looked at (all, or those of these names) the ones of which there is something to tell: a
 * finding, or that something is not known, or not for certain any more.
 */
function notableNames(
  file: CheckedFile,
  { all, facts, missing }: RecordedRun,
  names: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  const notable = new Set<string>();
  if (file.kind !== 'manifest') return notable;
  const { dependencies } = file;
  for (const { span } of all) {
    const at = lastBefore(dependencies, span.start);
    const dependency = dependencies[at];
    if (dependency !== undefined) notable.add(dependency.name);
  }
  const unsure = new Set(missing);
  for (const { request, fact } of facts.values()) {
    const isKnown = fact.state === 'absent' || (fact.state === 'ready' && !fact.stale);
    if (!isKnown) unsure.add(request.name);
  }
  if (unsure.size === 0) return notable;
  for (const { name, target } of dependencies) {
    if (names !== undefined && !names.has(name)) continue;
    if (unsure.has(name) || unsure.has(target)) notable.add(name);
  }
  return notable;
}

/** The index of the last dependency that begins at or before the offset; -1 where none does. */
function lastBefore(dependencies: readonly ManifestDependency[], offset: number): number {
  let low = -1;
  let high = dependencies.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (dependencies[middle]!.span.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The `path` of an ignore entry is relative to where the configuration file stands, as its other globs are. */
function withoutIgnored(findings: readonly Finding[], { project, uri, today }: UnitInput): Finding[] {
  const path = relativeUri(project.policyBase, uri);
  return findings.filter((finding) => !isIgnored(project.policy, { ...finding, path }, today));
}

/** What rules read beside the file. */
interface Inputs {
  readonly reads: ProjectReads;
  readonly facts: AskedFacts;
  readonly readsHour: boolean;
  readonly readsAdvisories: boolean;
}

interface RecordedRun extends Inputs {
  readonly all: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
  /** The names of packages of which a rule did not get to know what it asked for. */
  readonly missing: ReadonlySet<string>;
}

/** With `names`, rules that look at each dependency by itself see only those. */
function runRecorded(rules: readonly Rule[], input: UnitInput, names?: ReadonlySet<string>): RecordedRun {
  const facts = new Map<string, { readonly request: FactRequest; readonly fact: Fact<unknown> }>();
  const missing = new Map<string, { rule: string; reason: UnavailableReason; names: Set<string> }>();
  const { project, reads } = recordReads(input.project, input.file);
  const { file } = input;
  const path = relativeUri(project.policyBase, input.uri);
  let readsHour = false;
  let readsAdvisories = false;
  const unreachable: { readonly rule: string; readonly reason: UnavailableReason }[] = [];
  const unknown = new Set<string>();
  const all = runRules(rules, {
    file,
    narrowed: names === undefined || file.kind !== 'manifest' ? undefined : narrowManifest(file, names),
    uri: input.uri,
    project,
    popular: input.popular,
    facts: watchedFacts(input.facts, (request, look) => {
      const fact = look();
      facts.set(factKey(request), { request, fact });
      return fact;
    }),
    get advisories() {
      readsAdvisories = true;
      return input.advisories;
    },
    now() {
      readsHour = true;
      return input.hour;
    },
    severities: input.settings.severities,
    moment: input.moment,
    text: input.text,
    accepts: (rule, advisory) =>
      project.policy.ignores.length > 0 &&
      isAccepted(project.policy, { ...advisory, rule, path }, input.today),
    onUnreachable(rule, reason) {
      unreachable.push({ rule, reason });
    },
    onMissing(rule, reason, name) {
      unknown.add(name);
      const key = `${rule} ${reason}`;
      const known = missing.get(key);
      if (known === undefined) missing.set(key, { rule, reason, names: new Set([name]) });
      else known.names.add(name);
    },
  });
  // What fixes read later is none of the check's business, so it is not among these.
  const kept: ProjectReads = {
    members: new Map(reads.members),
    rootManifest: new Map(reads.rootManifest),
  };
  const notChecked = [...missing.values()].map(({ rule, reason, names }): NotChecked => {
    return { rule, reason, count: names.size, packages: [...names] };
  });
  if (unreachable.length > 0) {
    const packages = [...askedNames(file, input.project)];
    const count = packages.length;
    if (count > 0) notChecked.push(...unreachable.map((rule) => ({ ...rule, count, packages })));
  }
  return {
    missing: unknown,
    all,
    reads: kept,
    facts: new Map(facts),
    readsHour,
    readsAdvisories,
    notChecked,
  };
}
