import type { Advisory, AdvisorySeverity } from '../../know/advisory/advisory.ts';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import type { CopyFix } from './copy-fixes.ts';

/**
 * What gets a project out of it. true: a newer version that every declared range admits; a version: one that the range of
 * a direct dependency does not admit; false: none that is known, only an override, or a range is unknown.
 */
export type AuditFix =
  | boolean
  | { readonly name: string; readonly version: string; readonly isSemVerMajor: boolean };

/**
 * A package that advisories affect, or that depends on such a one in ranges that admit no other version: npm calls both a
 * vulnerability.
 */
export interface Vulnerability {
  readonly name: string;
  /** The worst of what makes it one. Where a source does not say it, npm's own word for that: high. */
  readonly severity: AdvisorySeverity;
  /** Whether the root or a member depends on an affected copy. */
  readonly isDirect: boolean;
  /** Those that affect an installed copy, in their own order. */
  readonly advisories: readonly Advisory[];
  /** The packages that it depends on and that make it one. Sorted. */
  readonly via: readonly string[];
  /** The packages that are one because of it. Sorted. */
  readonly effects: readonly string[];
  /** Its vulnerable versions as one range, as far as they are known. */
  readonly range: string;
  /** Affected copies by their numbers in the graph. */
  readonly nodes: readonly NodeNumber[];
  readonly fix: AuditFix;
  /** Of each copy that advisories affect. */
  readonly copyFixes: ReadonlyMap<NodeNumber, CopyFix>;
}

/** How many packages of each kind are installed. One may be of several kinds, and is `prod` only if of none. */
export interface DependencyCounts {
  readonly prod: number;
  readonly dev: number;
  readonly optional: number;
  readonly peer: number;
  readonly peerOptional: number;
  readonly total: number;
}

export interface AuditReport {
  readonly graph: DependencyGraph;
  /** Sorted by name. */
  readonly vulnerabilities: readonly Vulnerability[];
  readonly dependencies: DependencyCounts;
  /** How many advisories the project accepts, which are not among those above. */
  readonly accepted: number;
  /** How many others the package manager's own settings leave out. */
  readonly ignored: number;
}

/** By name, as npm sorts them. */
export function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
