import type { BadClaim } from '../../../know/incident/bad-versions.ts';
import type { LockedCopy } from '../../../know/incident/locked-copy.ts';
import type { IncidentNotes } from '../../../read/policy-file/incident-members.ts';

/**
 * hit-now: the working tree, HEAD or a branch locks a bad version, or it is installed. was-hit: only earlier commits do.
 * unknown: nothing was found, and something could not be read.
 */
export type IncidentVerdict = 'hit-now' | 'was-hit' | 'not-hit' | 'unknown';

/** A commit with which a version entered or left a lockfile, compared with its first parent. */
export interface IncidentEvent {
  readonly type: 'entered' | 'left';
  readonly commit: string;
  /** In milliseconds since 1970. */
  readonly authored: number;
  readonly committed: number;
  readonly isMerge: boolean;
  /** The first commit before it; undefined if there is none. */
  readonly parent: string | undefined;
  /** The lockfile that the same commit moved it from, or to. */
  readonly moved: string | undefined;
  /** Branches that contain the commit; undefined: not looked at. */
  readonly branches: readonly string[] | undefined;
  /**
   * The lockfile and the manifests that lead back to the state before the commit: paths in the commit before. Undefined if
   * the lockfile was not there, or they were not looked at.
   */
  readonly before?: readonly string[] | undefined;
}

/** A job of a CI service or a container build that installs the dependencies of the project. */
export interface InstallingJob {
  readonly path: string;
  readonly job: string;
  readonly command: string;
  /** Whether it installs the lockfile as it is. */
  readonly isFrozen: boolean;
}

/** A place on this machine that holds the version. */
export interface InstalledCopy {
  readonly place: 'node_modules' | 'cache';
  /** Whether other projects of this machine use it too, so that it does not say which of them installed the version. */
  readonly isShared: boolean;
  readonly path: string;
}

/** Whether a registry had the version while a lockfile named it. */
export interface Installable {
  readonly state: 'yes' | 'no' | 'unknown';
  /** A clause with the reason. */
  readonly detail: string;
}

/** A bad version in a lockfile. */
export interface IncidentFinding {
  readonly name: string;
  readonly version: string;
  readonly claims: readonly BadClaim[];
  /** Relative to the repository. */
  readonly lockfile: string;
  /** Where it is now: "working tree", "HEAD" and names of branches. */
  readonly now: readonly string[];
  /** Oldest first. */
  readonly events: readonly IncidentEvent[];
  /** From the first entry to the last exit, in milliseconds since 1970; undefined: unknown, or until now. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly installable: Installable;
  /** The commit whose files the members below are from; undefined: those of the working tree. */
  readonly detailsOf: string | undefined;
  /** Undefined: not looked at. */
  readonly copy: LockedCopy | undefined;
  readonly jobs: readonly InstallingJob[] | undefined;
  readonly installed: readonly InstalledCopy[];
}

/** Something that could not be read, or that was not looked at, so that the answer is incomplete. */
export interface IncidentGap {
  readonly subject: string;
  /** A clause. */
  readonly reason: string;
}

/** What one repository or folder showed. */
export interface IncidentRepository {
  readonly path: string;
  readonly kind: 'repository' | 'bare' | 'folder';
  readonly head: string | undefined;
  readonly findings: readonly IncidentFinding[];
  readonly gaps: readonly IncidentGap[];
  /** The number of commits walked over, and of different lockfile texts judged. */
  readonly commits: number;
  readonly lockfiles: number;
}

export interface IncidentReport {
  readonly label: string;
  readonly packages: number;
  /** The versions asked for, if they are of one package. */
  readonly asked: { readonly name: string; readonly range: string } | undefined;
  readonly isHistory: boolean;
  readonly repositories: readonly IncidentRepository[];
  /** Gaps of the whole run, such as lines of the list that could not be read. */
  readonly gaps: readonly IncidentGap[];
  /** Which parts of this machine were searched for installed copies, as clauses. */
  readonly machine: readonly string[];
  /** The notes of the organisation's policy, if one was given. */
  readonly notes?: IncidentNotes | undefined;
}

export function verdictOf({
  findings,
  gaps,
}: Pick<IncidentRepository, 'findings' | 'gaps'>): IncidentVerdict {
  const isHere = ({ now, installed }: IncidentFinding) =>
    now.length > 0 || installed.some(({ isShared }) => !isShared);
  if (findings.some(isHere)) return 'hit-now';
  if (findings.length > 0) return 'was-hit';
  return gaps.length > 0 ? 'unknown' : 'not-hit';
}

/** Returns the exit code: 2 if anything could not be read, else 1 for a hit. */
export function incidentExitCode({ repositories, gaps }: IncidentReport): 0 | 1 | 2 {
  if (gaps.length > 0 || repositories.some((each) => each.gaps.length > 0)) return 2;
  return repositories.some(({ findings }) => findings.length > 0) ? 1 : 0;
}
