import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { Facts } from '../../know/facts/facts.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { Project } from '../../read/project/project.ts';
import type { Related } from '../../read/text/finding.ts';
import type { Span } from '../../read/text/span.ts';
import type { UsedAt } from './place-severity.ts';

/** The sources consulted to find exposed places, such as a rule's context. */
export interface ExposureContext {
  readonly project: Project;
  readonly advisories: Advisories;
  readonly facts: Facts;
  readonly now: number;
}

/** A version of a package that advisories affect. */
export interface ExposedPackage {
  /** The package's own name. */
  readonly name: string;
  readonly version: string;
  /** Highest severity first. */
  readonly advisories: readonly Advisory[];
  /** `mkdirp 0.5.1`, from the direct dependency to the package itself; only the latter for a direct dependency. */
  readonly path: readonly string[];
  /** Undefined if no lockfile has it. */
  readonly entry: LockEntry | undefined;
  /** The entry of the direct dependency that pulls it in. */
  readonly introducer: LockEntry | undefined;
}

/**
 * How the selected version is known. locked: by the lockfile; exact: by its declaration; chosen: what the package
 * manager would choose today; highest: the highest known version in the range; lowest: its first version, if nothing
 * else is known.
 */
export type TakenBy = 'locked' | 'exact' | 'chosen' | 'highest' | 'lowest';

/** The packages selected by a declaration, if advisories affect any of them. */
export interface TakenPackages {
  readonly version: string | undefined;
  readonly by: TakenBy;
  /** The declared package itself, if affected. */
  readonly own: ExposedPackage | undefined;
  /** The affected packages it pulls in. Each version once, shortest path first. */
  readonly brought: readonly ExposedPackage[];
  /** All of them, the declared package first. */
  readonly packages: readonly ExposedPackage[];
}

/** A place in a file through which the project gets packages that advisories affect. */
export interface ExposedPlace extends TakenPackages {
  readonly kind: 'dependency' | 'catalog' | 'override' | 'entry';
  /** The token of the version. */
  readonly span: Span;
  /** As written. */
  readonly name: string;
  /** The package at the place, by its own name, whether or not advisories affect it. */
  readonly target: string;
  readonly declared: string | undefined;
  readonly isDev: boolean;
  /** Who uses it, for the severity. */
  readonly used: UsedAt;
  /** For an entry: the distinct direct dependencies that pull it in, shortest path first. */
  readonly introducers: readonly string[];
  /** For an entry: whether it is a direct dependency. */
  readonly isDirect: boolean;
  /** The line of the override that decides, if this line does not. */
  readonly related: readonly Related[];
}
