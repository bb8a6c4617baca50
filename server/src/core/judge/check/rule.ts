import type { Advisories } from '../../know/advisory/advisories.ts';
import type { FactKind, Facts } from '../../know/facts/facts.ts';
import type { PopularNames } from '../../know/identity/popular-names.ts';
import type { Automation } from '../../read/automation/automation.ts';
import type { Bunfig } from '../../read/config/bun/bunfig.ts';
import type { Dotenv } from '../../read/config/dotenv.ts';
import type { MemberNpmrc, Npmrc } from '../../read/config/npm/npmrc.ts';
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
import type { SbomFile } from '../../read/sbom/sbom-file.ts';
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
  | 'automation'
  | 'policy';

/**
 * An option of a rule in the configuration file, also the source of its documentation and schema. `stricter` is the
 * value, or the direction for numbers, with which the rule reports more; strings list what it does not report.
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
  | {
      readonly type: 'choice';
      /** Each reports more than the ones before. */
      readonly values: readonly string[];
      readonly default: string;
      readonly description: string;
    }
  | { readonly type: 'strings'; readonly default: readonly string[]; readonly description: string };

export type RuleOptions = Readonly<Record<string, RuleOption>>;

export type OptionValues<O extends RuleOptions> = {
  readonly [K in keyof O]: O[K] extends { type: 'boolean' }
    ? boolean
    : O[K] extends { type: 'number' }
      ? number
      : O[K] extends { type: 'choice'; values: readonly (infer V)[] }
        ? V
        : readonly string[];
};

/** What a check may read besides its file. Every read through it is recorded as an input of the check's unit. */
export interface RuleContext<O extends RuleOptions = RuleOptions> {
  readonly project: Project;
  readonly options: OptionValues<O>;
  readonly popular: PopularNames;
  readonly facts: Facts;
  /** The known advisories. A check that reads them runs again when another source answers. */
  readonly advisories: Advisories;
  /**
   * The start of the current hour, in milliseconds since 1970. A check that reads it runs again in the next hour. Facts
   * may be days old, so their own timestamps don't tell how old a version is now.
   */
  readonly now: number;
  /**
   * Records that the data about a package lacks what the rule needs, as with mirrors that omit it. The package then
   * counts as not checked. `not-recorded`: missing from the lockfile, and no registry was asked. `not-comparable`:
   * present in a different form. `not-cached`: no archive of the package is at hand. `patched`: the project changes its files.
   * `not-installed`: nothing is installed.
   */
  unknown(
    name: string,
    reason?: 'not-provided' | 'not-recorded' | 'not-comparable' | 'not-cached' | 'patched' | 'not-installed',
  ): void;
  /**
   * The entries of the lockfile to check. All of them, or for a `perEntry` rule after an edit those whose verdict may
   * have changed and the ones they are compared with.
   */
  readonly entries: readonly LockEntry[];
  /** All rules, for checking the configuration file. */
  readonly rules: readonly Rule[];
  /**
   * Checks whether the project currently accepts this advisory for the rule and the file. A finding about several
   * advisories then covers only the others.
   */
  accepts(advisory: FoundAdvisory): boolean;
}

/** One finding as a rule yields it: everything except the message and the fixes, which are derived from `data`. */
export interface Found<D extends object> {
  readonly span: Span;
  readonly data: D;
  /** Set only if it differs from the rule's own severity. */
  readonly severity?: Severity;
  readonly package?: string;
  readonly version?: string;
  readonly target?: string;
  /** The advisories reported, without those the project accepts (see `RuleContext.accepts`). */
  readonly advisories?: readonly FoundAdvisory[];
  readonly cause?: Finding['cause'];
  readonly related?: readonly Related[];
}

/** The context of a fix, which is made for one file; edits of other files carry their own URI. */
export interface FixContext<O extends RuleOptions = RuleOptions> extends RuleContext<O> {
  readonly file: CheckedFile;
  readonly uri: Uri;
  /** Identity of one unchanging state: the same object for everything requested of it. */
  readonly moment: object;
  /** Returns the text of a file that a fix may edit; undefined if the file does not exist. */
  text(uri: Uri): string | undefined;
}

export interface RuleDocs {
  /** What the rule reports, in one sentence. */
  readonly summary: string;
  /** Why it matters, one or two short paragraphs of Markdown. */
  readonly why: string;
  /** A workspace in which the rule reports (see test/workspace.ts for the form). Run as a test. */
  readonly bad: string;
  /** The same workspace, fixed: the rule reports nothing. Run as a test. */
  readonly good: string;
  /** The text of the last committed lockfile of both examples, for rules that compare with it. */
  readonly base?: string;
  /**
   * What the registry returns for packages in the examples, by name, as far as it matters; other names are unknown to
   * it.
   */
  readonly registry?: Readonly<Record<string, object>>;
  /** The known advisories in the examples, as OSV records. */
  readonly advisories?: readonly object[];
}

export interface PerEntry {
  /** Set if the check also reads what packages depend on: it then runs again on all entries when that changes. */
  readonly readsEdges?: true;
  /**
   * Checks whether an edit of one entry leaves unchanged what the check derives from all entries together. Omitted if
   * it derives nothing of the kind.
   */
  keepsWhole?(edited: EditedEntry, entries: readonly LockEntry[]): boolean;
  /**
   * Checks by their data whether few enough findings were made to report each separately. Omitted if each always is.
   */
  holds?(found: readonly object[]): boolean;
}

/**
 * One complete rule: the source of its findings, fixes, documentation page, setting, schema and row of the table in the
 * README. `check` is pure and synchronous; a missing fact yields nothing.
 */
export interface Rule<D extends object = object, O extends RuleOptions = RuleOptions> {
  readonly id: string;
  readonly category: RuleCategory;
  /** The first preset that enables it. */
  readonly preset: Preset;
  /** Checks whether an option of the command asks for the rule, which then runs in every preset. */
  readonly isAskedFor?: (project: Project) => boolean;
  readonly severity: Severity;
  readonly facts: readonly FactKind[];
  readonly options: O;
  readonly docs: RuleDocs;
  /**
   * Set if `check.lockfile` reads neither the URL nor the hash of registry packages, apart from the package that the
   * URL installs. An edit of these then reruns only the checks that read them.
   */
  readonly readsNoUrls?: true;
  /**
   * Set if the findings of `check.lockfile` within an entry depend only on that entry, on entries with the same name or
   * hash, and on inputs other than entries. An edit within an entry then reruns the check on these alone, so the check
   * must iterate over `RuleContext.entries`.
   */
  readonly perEntry?: PerEntry;
  /**
   * Set if the check asks for registry facts about every dependency: `only` if it reports nothing without them, `also`
   * if it checks more than them. If no registry may be asked at all, that is reported once for all of them, and `only`
   * checks do not run.
   */
  readonly factsOfEach?: 'only' | 'also';
  /** Set if the check reads `Project.usage`, for which the sources have to be searched. */
  readonly readsUsage?: true;
  readonly check: {
    manifest?(file: Manifest, context: RuleContext<O>): Iterable<Found<D>>;
    lockfile?(file: Lockfile, context: RuleContext<O>): Iterable<Found<D>>;
    npmrc?(file: Npmrc, context: RuleContext<O>): Iterable<Found<D>>;
    memberNpmrc?(file: MemberNpmrc, context: RuleContext<O>): Iterable<Found<D>>;
    dotenv?(file: Dotenv, context: RuleContext<O>): Iterable<Found<D>>;
    policy?(file: Policy, context: RuleContext<O>): Iterable<Found<D>>;
    pnpmWorkspace?(file: PnpmWorkspace, context: RuleContext<O>): Iterable<Found<D>>;
    /** A .yarnrc.yml, or a .yarnrc of Yarn 1, as given by `dialect`. */
    yarnrc?(file: Yarnrc, context: RuleContext<O>): Iterable<Found<D>>;
    bunfig?(file: Bunfig, context: RuleContext<O>): Iterable<Found<D>>;
    /** The ignore list of npm-audit-resolver, better-npm-audit, audit-ci or osv-scanner. */
    auditIgnores?(file: AuditIgnores, context: RuleContext<O>): Iterable<Found<D>>;
    /** A workflow, a Dockerfile and other files with commands that run by themselves. */
    automation?(file: Automation, context: RuleContext<O>): Iterable<Found<D>>;
    /** A bill of materials in the root. */
    sbom?(file: SbomFile, context: RuleContext<O>): Iterable<Found<D>>;
    /** A file run by an install that changed since the base and is not named by any file of the project. */
    program?(file: InstallProgram, context: RuleContext<O>): Iterable<Found<D>>;
  };
  /** Returns one or two sentences that name the package and version, and what to do. */
  message(found: Found<D>, base: Base): string;
  /** Yields fixes in the order they are offered. Called only on request. */
  fix?(found: Found<D>, context: FixContext<O>): Iterable<Fix>;
}

/** Type-checks a rule and erases its type parameters, so that all rules fit in one list. */
export function defineRule<D extends object, const O extends RuleOptions>(rule: Rule<D, O>): Rule {
  return rule as unknown as Rule;
}
