import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { Facts } from '../../know/facts/facts.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { Project } from '../../read/project/project.ts';
import type { Related } from '../../read/text/finding.ts';
import type { Span } from '../../read/text/span.ts';
import type { UsedAt } from './place-severity.ts';

/** What is asked of to find them: a rule's context is one. */
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
  /** Worst first. */
  readonly advisories: readonly Advisory[];
  /** `mkdirp 0.5.1`, from what brings it to the package itself; only the latter where nothing has to bring it. */
  readonly path: readonly string[];
  /** Undefined where no lockfile has it. */
  readonly entry: LockEntry | undefined;
  /** The entry of what brings it. */
  readonly bringer: LockEntry | undefined;
}

/**
 * How it is known that the project takes a version. locked: by its lockfile; exact: declared so; chosen: what its package
 * manager would choose today; highest: the highest version in the range that is known to exist, and lowest the first, where
 * nothing else is known.
 */
export type TakenBy = 'locked' | 'exact' | 'chosen' | 'highest' | 'lowest';

/** What a project takes for something that it declares, where advisories affect any of it. */
export interface TakenPackages {
  readonly version: string | undefined;
  readonly by: TakenBy;
  /** The package itself, where advisories affect it. */
  readonly own: ExposedPackage | undefined;
  /** What that package brings. Each version once, nearest first. */
  readonly brought: readonly ExposedPackage[];
  /** All of them, the package itself first. */
  readonly packages: readonly ExposedPackage[];
}

/** A place in a file by which the project gets packages that advisories affect. */
export interface ExposedPlace extends TakenPackages {
  readonly kind: 'dependency' | 'catalog' | 'override' | 'entry';
  /** The token that says the version. */
  readonly span: Span;
  /** As written. */
  readonly name: string;
  /** The package at the place, by its own name, whether or not advisories affect it. */
  readonly target: string;
  readonly declared: string | undefined;
  /** Whether it is there only for development. */
  readonly isDev: boolean;
  /** Who uses it, for the severity. */
  readonly used: UsedAt;
  /** Of an entry: what the project itself depends on and brings it, nearest first, each once. */
  readonly bringers: readonly string[];
  /** Of an entry: whether the project itself depends on it. */
  readonly isDirect: boolean;
  /** The line of an override that decides, where not this one does. */
  readonly related: readonly Related[];
}
