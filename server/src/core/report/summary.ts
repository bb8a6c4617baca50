import type { Severity } from '../finding.ts';
import { SEVERITIES } from '../finding.ts';
import { countedOnce } from './counted-once.ts';
import type { Report, ReportedFile } from './report.ts';

/** How many findings there are of each severity. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
}

/** Counts the findings of a report: what is said of a version in a manifest and in its lockfile, once. */
export function summarize(report: Report): Summary {
  const counted = countedOnce(report.findings.map(({ finding }) => finding));
  const count = (severity: Severity) => counted.filter((finding) => finding.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    information: count('information'),
    hints: count('hint'),
  };
}

/** Whether a severity counts as a failure where failures begin at `threshold`. */
export function reaches(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/**
 * Manifests and lockfiles of which nothing could be read: without them a check says nothing about a project. A lockfile of
 * an unknown version is one, as its package manager may well install from it; a binary one is a finding of its own.
 */
export function unreadableSources(report: Report): readonly ReportedFile[] {
  return report.files.filter(
    ({ status, kind, uri }) =>
      isSource(kind) && (status === 'unreadable' || (status === 'unsupported' && !uri.endsWith('.lockb'))),
  );
}

/** Whether a file of this kind is a manifest or a lockfile: what a project is made of. */
export function isSource(kind: string): boolean {
  return SOURCES.has(kind);
}

const SOURCES: ReadonlySet<string> = new Set([
  'manifest',
  'package-lock',
  'npm-shrinkwrap',
  'yarn',
  'pnpm',
  'bun',
]);
