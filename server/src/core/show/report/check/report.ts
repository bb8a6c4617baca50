import type { CoveredFile } from '../../../judge/check/file-gap.ts';
import type { Uncompared } from '../../../judge/check/uncompared-gap.ts';
import type { UndecidedPackage } from '../../../judge/exposure/undecided-packages.ts';
import type { AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import { joinedStates } from '../../../know/advisory/joined-states.ts';
import type { UnavailableReason } from '../../../know/registry/documents/fact.ts';
import type { Base } from '../../../read/project/base.ts';
import type { UnaskedPackages } from '../../../read/project/locked/asked-entries.ts';
import { compareText } from '../../../read/text/compare-text.ts';
import type { Finding, Fix } from '../../../read/text/finding.ts';
import { relativeUri, type Uri } from '../../../read/text/paths/uri.ts';
import type { DiffedLockfile } from '../diff/diff-report.ts';

/** A file that was read, or could not be read. */
export interface ReportedFile extends CoveredFile {
  /** Only for readable lockfiles. */
  readonly entries: { readonly read: number; readonly total: number } | undefined;
}

/** A finding with its fixes, derived from the same snapshot. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly fixes: readonly Fix[];
}

export interface ReportedBaseline {
  readonly since?: string;
  readonly known: number;
  readonly gone: number;
}

/** A finding that the configuration accepts, with the reasons of its entries. */
export interface AcceptedFinding {
  readonly finding: Finding;
  readonly reasons: readonly string[];
}

/** Data that a rule needed and did not get. */
export interface ReportedGap {
  readonly rule: string;
  readonly reason: UnavailableReason;
  readonly count: number;
  /** The packages concerned, if any: a package named by two files counts once. */
  readonly packages?: readonly string[];
}

/**
 * A project of the report. project: of the directory itself; nested: below another one; fixture: in a folder where
 * projects keep fixtures, examples and templates.
 */
export interface ReportedProject {
  readonly root: Uri;
  readonly kind: 'project' | 'nested' | 'fixture';
}

/** Packages of a lockfile that registries were not asked about. */
export interface ReportedUnasked extends UnaskedPackages {
  readonly uri: Uri;
  readonly base: Base;
}

/** A manifest or lockfile excluded by a configuration file. */
export interface ReportedExclusion {
  readonly uri: Uri;
  readonly glob: string;
  /** The configuration file, and the line of the glob, from 1. */
  readonly by: Uri;
  readonly line: number;
}

/** A data source of findings, with its age. */
export interface ReportedSource {
  readonly kind: 'popular-names' | 'registry';
  /** `YYYY-MM-DD`, if known. */
  readonly asOf: string | undefined;
  /** bundled: shipped with the product; offline: not asked by the user's choice; not-asked: not trusted. */
  readonly status: 'bundled' | 'offline' | 'not-asked' | 'asked';
}

/** The contents of a report in any format. Lists are sorted and have no duplicates: see `makeReport`. */
export interface Report {
  readonly root: Uri;
  /** The checked directory in the platform's notation. */
  readonly rootPath: string;
  readonly projects: readonly ReportedProject[];
  readonly files: readonly ReportedFile[];
  readonly findings: readonly ReportedFinding[];
  /**
   * How many findings of a baseline, or of the commit `since`, are still there and left out, and how many are gone.
   */
  readonly baseline?: ReportedBaseline;
  /** The differences of lockfiles from the commit of the baseline. */
  readonly changes?: readonly DiffedLockfile[];
  /** Whether installed packages were compared with the lockfiles. */
  readonly comparesInstalled?: boolean;
  /** Only if asked for. */
  readonly accepted?: readonly AcceptedFinding[];
  readonly notChecked: readonly ReportedGap[];
  readonly sources: readonly ReportedSource[];
  /** The state of each advisory source; empty if no rule asked for any. */
  readonly advisories: readonly AdvisorySourceState[];
  /** Packages for which advisories do not state whether they affect them. */
  readonly undecided: readonly UndecidedPackage[];
  /** The number of projects below a trusted one whose own configuration is not used. */
  readonly nestedConfigurations?: number;
  /** Locked packages that registries were not asked about and perhaps should have been. */
  readonly unasked?: readonly ReportedUnasked[];
  /** Sorted by path. */
  readonly excluded?: readonly ReportedExclusion[];
  /** Files run by an install that could not be compared with the base, each with a clause. */
  readonly uncompared?: readonly Uncompared[];
  /** Folders for which git failed to list tracked files among ignored ones, each with the reason as a clause. */
  readonly gitFailures?: readonly { readonly uri: Uri; readonly reason: string }[];
  /** Returns the text of a read file; undefined for others, including files that a fix would create. */
  textOf(uri: Uri): string | undefined;
}

/** Sorts files by path and findings by path, place and rule, and aggregates what could not be checked. */
export function makeReport(parts: Report): Report {
  const path = pathsFrom(parts.root);
  const files = new Map(parts.files.map((file) => [file.uri, file]));
  return {
    ...parts,
    files: [...files.values()].sort((a, b) => compareText(path(a.uri), path(b.uri))),
    findings: [...parts.findings].sort(
      ({ finding: a }, { finding: b }) =>
        compareText(path(a.uri), path(b.uri)) ||
        a.span.start - b.span.start ||
        compareText(a.rule, b.rule) ||
        a.span.end - b.span.end ||
        compareText(a.message, b.message),
    ),
    notChecked: addUp(parts.notChecked),
    excluded: [...(parts.excluded ?? [])].sort((a, b) => compareText(path(a.uri), path(b.uri))),
    advisories: joinedStates(parts.advisories),
  };
}

/** Returns a function for the displayed path of a file: relative to the root, with `/`. Memoized by file. */
export function pathsFrom(root: Uri): (uri: Uri) => string {
  const known = new Map<Uri, string>();
  return (uri) => {
    const path = known.get(uri) ?? relativeUri(root, uri);
    known.set(uri, path);
    return path;
  };
}

/** Aggregates gaps, as hundreds of files may each name thousands of packages, mostly the same. */
function addUp(gaps: readonly ReportedGap[]): readonly ReportedGap[] {
  const sums = new Map<string, Sum>();
  for (const gap of gaps) {
    const key = `${gap.rule} ${gap.reason}`;
    let sum = sums.get(key);
    if (sum === undefined) {
      sum = { gap, packages: new Set(), unnamed: 0 };
      sums.set(key, sum);
    }
    const packages = gap.packages ?? [];
    for (const name of packages) sum.packages.add(name);
    sum.unnamed += gap.count - packages.length;
  }
  return Array.from(sums.values(), ({ gap, packages, unnamed }) => {
    return { ...gap, count: packages.size + unnamed, packages: [...packages] };
  })
    .filter(({ count }) => count > 0)
    .sort((a, b) => compareText(a.rule, b.rule) || compareText(a.reason, b.reason));
}

interface Sum {
  readonly gap: ReportedGap;
  readonly packages: Set<string>;
  unnamed: number;
}
