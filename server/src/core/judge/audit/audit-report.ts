import type { Advisory, AdvisorySeverity } from '../../know/advisory/advisory.ts';
import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import type { CopyFix } from './copy-fixes.ts';

/**
 * What fixes it. true: a newer version within every declared range; a version: one outside the range of a direct
 * dependency; false: no known fix, only an override, or an unknown range.
 */
export type AuditFix =
  | boolean
  | { readonly name: string; readonly version: string; readonly isSemVerMajor: boolean };

/**
 * A package affected by advisories, or one that depends on such a package in ranges that admit no other version. npm
 * calls both a vulnerability.
 */
export interface Vulnerability {
  readonly name: string;
  /** The highest severity among its causes. Where a source states none, npm's default: high. */
  readonly severity: AdvisorySeverity;
  /** Whether the root or a member depends on an affected copy. */
  readonly isDirect: boolean;
  /** The advisories that affect an installed copy, in their own order. */
  readonly advisories: readonly Advisory[];
  /** The dependencies that make it vulnerable. Sorted. */
  readonly via: readonly string[];
  /** The packages that it makes vulnerable. Sorted. */
  readonly effects: readonly string[];
  /** Its vulnerable versions as one range, as far as known. */
  readonly range: string;
  /** Node numbers of affected copies. */
  readonly nodes: readonly NodeNumber[];
  readonly fix: AuditFix;
  /** The fix of each copy that advisories affect. */
  readonly copyFixes: ReadonlyMap<NodeNumber, CopyFix>;
}

/**
 * The number of installed packages of each kind. A package may be of several kinds, and is `prod` only if it is of no
 * other.
 */
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
  /** The number of accepted advisories, which are not included above. */
  readonly accepted: number;
  /** The number of advisories ignored by the package manager's own settings. */
  readonly ignored: number;
}

/** Compares names in npm's sort order. */
export function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
