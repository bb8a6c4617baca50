import type { CoveredFile } from '../../../judge/check/file-gap.ts';
import type { Uncompared } from '../../../judge/check/uncompared-gap.ts';
import type { UndecidedPackage } from '../../../judge/exposure/undecided-packages.ts';
import type { AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import { joinedStates } from '../../../know/advisory/joined-states.ts';
import type { UnavailableReason } from '../../../know/registry/documents/fact.ts';
import type { Base } from '../../../read/project/base.ts';
import type { UnaskedPackages } from '../../../read/project/locked/asked-entries.ts';
import type { Finding, Fix } from '../../../read/text/finding.ts';
import { relativeUri, type Uri } from '../../../read/text/paths/uri.ts';

/** A file that was read, or could not be. */
export interface ReportedFile extends CoveredFile {
  /** Only for lockfiles that can be read. */
  readonly entries: { readonly read: number; readonly total: number } | undefined;
}

/** A finding with its fixes, which were derived from the same snapshot. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly fixes: readonly Fix[];
}

/** Something that a rule would have needed to know. */
export interface ReportedGap {
  readonly rule: string;
  readonly reason: UnavailableReason;
  readonly count: number;
  /** What it is about, where it is about packages: one that two files name counts once. */
  readonly packages?: readonly string[];
}

/**
 * A project of the report. project: of the directory itself; nested: below another one; fixture: it stands where projects
 * keep fixtures, examples and templates.
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

/** A manifest or lockfile that a configuration file excludes. */
export interface ReportedExclusion {
  readonly uri: Uri;
  readonly glob: string;
  /** The configuration file, and the line of it that has the glob, from 1. */
  readonly by: Uri;
  readonly line: number;
}

/** A body of knowledge that findings rest on, and how old it is. */
export interface ReportedSource {
  readonly kind: 'popular-names' | 'registry';
  /** `YYYY-MM-DD`, where a date is known. */
  readonly asOf: string | undefined;
  /** bundled: shipped with the product; offline: not asked on the user's wish; not-asked: it was not to be trusted. */
  readonly status: 'bundled' | 'offline' | 'not-asked' | 'asked';
}

/** Everything that a report of any format says. Lists are sorted and hold nothing twice: see `makeReport`. */
export interface Report {
  readonly root: Uri;
  /** The checked directory as the platform writes it. */
  readonly rootPath: string;
  readonly projects: readonly ReportedProject[];
  readonly files: readonly ReportedFile[];
  readonly findings: readonly ReportedFinding[];
  readonly notChecked: readonly ReportedGap[];
  readonly sources: readonly ReportedSource[];
  /** What became of each source of advisories; empty where no rule asked for any. */
  readonly advisories: readonly AdvisorySourceState[];
  /** Packages of which advisories do not say whether they affect them. */
  readonly undecided: readonly UndecidedPackage[];
  /** How many projects below a trusted one have configuration of their own, which is not used. */
  readonly nestedConfigurations?: number;
  /** Locked packages that registries were not asked about and perhaps should have been. */
  readonly unasked?: readonly ReportedUnasked[];
  /** Sorted by path. */
  readonly excluded?: readonly ReportedExclusion[];
  /** Files that an install runs and that could not be compared with the base, with a clause each. */
  readonly uncompared?: readonly Uncompared[];
  /** Folders of which git could not say what it tracks of what it ignores, with a clause each that says why. */
  readonly gitFailures?: readonly { readonly uri: Uri; readonly reason: string }[];
  /** The text of a file that was read; undefined for others, also for files that a fix would create. */
  textOf(uri: Uri): string | undefined;
}

/** Sorts files by path, findings by path, place and rule, and adds up what could not be checked. */
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

/** The path that a report shows for a file: relative to the root, with `/`. Each is made once. */
export function pathsFrom(root: Uri): (uri: Uri) => string {
  const known = new Map<Uri, string>();
  return (uri) => {
    const path = known.get(uri) ?? relativeUri(root, uri);
    known.set(uri, path);
    return path;
  };
}

/** Hundreds of files may each name thousands of packages, most of them the same. */
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

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
