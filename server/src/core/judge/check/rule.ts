import type { Advisories } from '../../know/advisory/advisories.ts';
import type { FactKind, Facts } from '../../know/facts/facts.ts';
import type { PopularNames } from '../../know/identity/popular-names.ts';
import type { Bunfig } from '../../read/config/bun/bunfig.ts';
import type { Npmrc } from '../../read/config/npm/npmrc.ts';
import type { PnpmWorkspace } from '../../read/config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../../read/config/yarn/yarnrc.ts';
import type { EditedEntry } from '../../read/lockfile/faults/edited-entry.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { AuditIgnores } from '../../read/policy-file/import/audit-ignores.ts';
import type { Policy } from '../../read/policy-file/policy.ts';
import type { Preset } from '../../read/policy-file/presets.ts';
import type { Base } from '../../read/project/base.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { InstallProgram } from '../../read/project/since-base.ts';
import type { Finding, Fix, FoundAdvisory, Related, Severity } from '../../read/text/finding.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';

export type { FactKind, Facts } from '../../know/facts/facts.ts';

export type RuleCategory =
  | 'identity'
  | 'registry'
  | 'scripts'
  | 'advisories'
  | 'versions'
  | 'releases'
  | 'maintenance'
  | 'lockfile'
  | 'policy';

/**
 * An option of a rule, for the configuration file. From it come its documentation and its part of the schema. `stricter` is
 * the value, or the end of the numbers, with which the rule reports more; strings are what it says nothing of.
 */
export type RuleOption =
  | {
      readonly type: 'boolean';
      readonly default: boolean;
      readonly stricter: boolean;
      readonly description: string;
    }
  | {
      readonly type: 'number';
      readonly default: number;
      readonly stricter: 'less' | 'more';
      readonly description: string;
    }
  | { readonly type: 'strings'; readonly default: readonly string[]; readonly description: string };

export type RuleOptions = Readonly<Record<string, RuleOption>>;

export type OptionValues<O extends RuleOptions> = {
  readonly [K in keyof O]: O[K] extends { type: 'boolean' }
    ? boolean
    : O[K] extends { type: 'number' }
      ? number
      : readonly string[];
};

/** What a check may read beside its file. Everything it reads through here is recorded as an input of its unit. */
export interface RuleContext<O extends RuleOptions = RuleOptions> {
  readonly project: Project;
  readonly options: OptionValues<O>;
  readonly popular: PopularNames;
  readonly facts: Facts;
  /** What is known of advisories: when another source answers, a check that reads it runs again. */
  readonly advisories: Advisories;
  /**
   * The start of the present hour, in milliseconds since 1970. A check that reads it runs again in the next hour; a fact
   * may be days old, so its own time does not tell how old a version is.
   */
  readonly now: number;
  /**
   * Says that what is known of a package lacks what the rule needs, as with mirrors that leave it out. It then counts as
   * not checked. `not-recorded`: the lockfile lacks it, and no registry was asked. `not-comparable`: it has it in another form.
   */
  unknown(name: string, reason?: 'not-provided' | 'not-recorded' | 'not-comparable'): void;
  /**
   * Of a lockfile the entries that the check is to look at: all, or where the rule is `perEntry` and one was edited those
   * whose verdict may be another, and what they are compared with.
   */
  readonly entries: readonly LockEntry[];
  /** Every rule there is, for judging the configuration file. */
  readonly rules: readonly Rule[];
  /**
   * Whether the project accepts this advisory for now, as far as it concerns the rule and the file. A finding about
   * several is then about the others only.
   */
  accepts(advisory: FoundAdvisory): boolean;
}

/** One finding as a rule gives it: everything but the sentence and the fixes, which come from `data`. */
export interface Found<D extends object> {
  readonly span: Span;
  readonly data: D;
  /** Only where it differs from the rule's own severity. */
  readonly severity?: Severity;
  readonly package?: string;
  readonly version?: string;
  readonly target?: string;
  /** The advisories that it is about, without those that the project accepts: see `RuleContext.accepts`. */
  readonly advisories?: readonly FoundAdvisory[];
  readonly cause?: Finding['cause'];
  readonly related?: readonly Related[];
}

/** A fix is made for one file; edits of other files carry their own URI. */
export interface FixContext<O extends RuleOptions = RuleOptions> extends RuleContext<O> {
  readonly file: CheckedFile;
  readonly uri: Uri;
  /** The same object for all that is asked of one state of things, in which nothing changes. */
  readonly moment: object;
  /** Texts of files that a fix may edit, undefined where the file does not exist. */
  text(uri: Uri): string | undefined;
}

export interface RuleDocs {
  /** One sentence: what it reports. */
  readonly summary: string;
  /** Why it matters, one or two short paragraphs of Markdown. */
  readonly why: string;
  /** A workspace (see test/workspace.ts for the form) in which the rule reports. Run as a test. */
  readonly bad: string;
  /** The same, fixed: the rule is silent. Run as a test. */
  readonly good: string;
  /** The lockfile of both examples as it was committed last, as text, where the rule compares with it. */
  readonly base?: string;
  /** What the registry says of packages in the examples, by name, as far as it matters; of other names it knows nothing. */
  readonly registry?: Readonly<Record<string, object>>;
  /** What is known of advisories in the examples: records in the form of OSV. */
  readonly advisories?: readonly object[];
}

export interface PerEntry {
  /** Set where it also reads what packages depend on: an edit of that is looked at as a whole. */
  readonly readsEdges?: true;
  /** Whether an edit of one entry leaves what the check reads of all of them together; left out where it reads nothing so. */
  keepsWhole?(edited: EditedEntry, entries: readonly LockEntry[]): boolean;
  /** Whether so little was found, by its data, that each is told by itself. Left out where all always is. */
  holds?(found: readonly object[]): boolean;
}

/**
 * One rule, complete: from this object come the findings, the fixes, the documentation page, the setting, the schema
 * and the table in the README. `check` is pure and synchronous; a missing fact yields nothing.
 */
export interface Rule<D extends object = object, O extends RuleOptions = RuleOptions> {
  readonly id: string;
  readonly category: RuleCategory;
  /** The first preset that it is on in. */
  readonly preset: Preset;
  readonly severity: Severity;
  readonly facts: readonly FactKind[];
  readonly options: O;
  readonly docs: RuleDocs;
  /**
   * Set where `check.lockfile` reads neither the URL nor the hash of a package that comes from a registry, except which
   * package the URL installs. An edit of these costs only the checks that read them.
   */
  readonly readsNoAddresses?: true;
  /**
   * Set where what `check.lockfile` reports within an entry follows from that entry, from others of the same name or the
   * same hash, and from what the check reads beside the entries. An edit within an entry then costs only these: the check
   * goes through `RuleContext.entries`.
   */
  readonly perEntry?: PerEntry;
  /**
   * Set where the check asks for facts of every dependency from a registry: `only` where it has nothing to say without
   * them, `also` where it judges more than them. Where no registry may be asked at all this is told once for all of them,
   * and a check of the first kind does not run.
   */
  readonly factsOfEach?: 'only' | 'also';
  readonly check: {
    manifest?(file: Manifest, context: RuleContext<O>): Iterable<Found<D>>;
    lockfile?(file: Lockfile, context: RuleContext<O>): Iterable<Found<D>>;
    npmrc?(file: Npmrc, context: RuleContext<O>): Iterable<Found<D>>;
    policy?(file: Policy, context: RuleContext<O>): Iterable<Found<D>>;
    pnpmWorkspace?(file: PnpmWorkspace, context: RuleContext<O>): Iterable<Found<D>>;
    /** A .yarnrc.yml, or a .yarnrc of Yarn 1: `dialect` tells. */
    yarnrc?(file: Yarnrc, context: RuleContext<O>): Iterable<Found<D>>;
    bunfig?(file: Bunfig, context: RuleContext<O>): Iterable<Found<D>>;
    /** What npm-audit-resolver, better-npm-audit, audit-ci or osv-scanner leaves out. */
    auditIgnores?(file: AuditIgnores, context: RuleContext<O>): Iterable<Found<D>>;
    /** A file that an install runs and that changed since the base, where no file of the project names it. */
    program?(file: InstallProgram, context: RuleContext<O>): Iterable<Found<D>>;
  };
  /** One or two sentences that name the package and the version, and say what to do. */
  message(found: Found<D>, base: Base): string;
  /** In the order in which they are offered. Made only when asked for. */
  fix?(found: Found<D>, context: FixContext<O>): Iterable<Fix>;
}

/** Checks the types of a rule and forgets its own parameters, so that all rules stand in one list. */
export function defineRule<D extends object, const O extends RuleOptions>(rule: Rule<D, O>): Rule {
  return rule as unknown as Rule;
}
