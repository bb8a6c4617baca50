import type { Uri } from './paths/uri.ts';
import type { Span } from './span.ts';

/**
 * error: would install something harmful, or breaks the install; warning: likely mistake or real risk;
 * information: worth knowing; hint: only with a fix.
 */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Returns the next milder severity; a hint stays one. */
export function lowered(severity: Severity): Severity {
  return SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? severity;
}

/** Another place that belongs to a finding, for example the lockfile entry of a manifest's dependency. */
export interface Related {
  readonly uri: Uri;
  readonly span: Span;
  readonly message: string;
}

/** One replacement in one file. On a file that does not exist (span 0-0) it creates the file. */
export interface FileEdit {
  readonly uri: Uri;
  readonly span: Span;
  readonly newText: string;
}

/**
 * safe: keeps what the project installs, or makes it what the author clearly intended; part of fix-all. unsafe: right
 * if the author agrees. display-only: nothing to apply, `command` is to be copied.
 */
export type Applicability = 'safe' | 'unsafe' | 'display-only';

export interface Fix {
  /** States the exact result. */
  readonly title: string;
  readonly applicability: Applicability;
  readonly edits: readonly FileEdit[];
  /** Files that it deletes, after its edits. Omitted if there are none. */
  readonly deletes?: readonly Uri[];
  /** A command line for the user to run, after any edits. The product never runs it. */
  readonly command?: string;
  /** What it achieves, for ordering fixes; omitted for those that fix what their rule reports. */
  readonly effect?: FixEffect;
  /** Clauses about what remains, which the title of a command need not include. */
  readonly leaves?: readonly string[];
  /** What it accepts, for a fix that only ignores; a client that asks for the reason writes these itself. */
  readonly ignores?: readonly IgnoredThing[];
}

/**
 * security: replaces a vulnerable or malicious version; isComplete: no known vulnerability that the finding reports
 * remains. registry: configures the registry of a scope. update: a newer version for its own sake.
 */
export type FixEffect =
  | { readonly type: 'security'; readonly isComplete: boolean; readonly isMajor: boolean }
  | { readonly type: 'registry' }
  | { readonly type: 'update'; readonly isMajor: boolean };

/** An advisory that a finding reports, and the installed package that it affects. */
export interface FoundAdvisory {
  /** Its id first, then its aliases. */
  readonly ids: readonly string[];
  /** The package's own name, even if the finding is at an alias or at a dependency that pulls the package in. */
  readonly package: string;
  readonly version: string | undefined;
}

/** A rule's report on one token, with everything that shells display; `fixes` is computed on demand. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly uri: Uri;
  readonly span: Span;
  readonly message: string;
  /** The package's name as written in the file. */
  readonly package?: string;
  readonly version?: string;
  /** The probably intended name, or the package that is really installed. */
  readonly target?: string;
  /** For a finding on advisories: each of them. It is accepted if all of them are. */
  readonly advisories?: readonly FoundAdvisory[];
  /** Shared by rules that report the same fault or change of one token: see `onePerCause`. */
  readonly cause?: 'hash' | 'new-package' | 'install-script' | 'absent-name';
  readonly related: readonly Related[];
  /** Whether one of them is in the same file. */
  readonly isRelatedHere?: true;
  readonly data: object;
  /**
   * Returns fixes made from the texts of the run that found it; `Snapshot.fixesOf` makes them from the current ones.
   */
  fixes(): readonly Fix[];
}

/** Compares by file, place and rule: the order of every list of findings. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.uri, b.uri) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** Merges two sorted lists into one. */
export function mergeFindings(a: readonly Finding[], b: readonly Finding[]): readonly Finding[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged: Finding[] = [];
  let at = 0;
  for (const finding of a) {
    while (at < b.length && compareFindings(b[at]!, finding) < 0) merged.push(b[at++]!);
    merged.push(finding);
  }
  while (at < b.length) merged.push(b[at++]!);
  return merged;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What an entry of `ignores` applies to. */
export interface IgnoredThing {
  readonly rule: string;
  readonly id?: string;
  readonly package?: string;
  readonly version?: string;
  readonly path?: string;
}
