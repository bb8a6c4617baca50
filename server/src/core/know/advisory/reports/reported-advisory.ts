import type { Advisory, AdvisorySource, Affected } from '../advisory.ts';
import { type AffectedVersions, affectedKeys, affectsOther, affectsRelease } from '../affected-versions.ts';
import { rangeText } from '../range-text.ts';
import { parseVersion } from '../version-intervals.ts';
import type { AdvisoryReport, VersionInterval } from './advisory-report.ts';
import { mergeReports } from './merge-reports.ts';
import { NO_KEY, releaseKey } from './release-key.ts';

/** Returns the advisory of one record, as a live source delivers it. */
export function advisoryOf(report: AdvisoryReport, source: AdvisorySource): Advisory {
  return reportedAdvisory(mergeReports([report]), source);
}

/** @param report the result of `mergeReports` */
export function reportedAdvisory(report: AdvisoryReport, source: AdvisorySource): ReportedAdvisory {
  return new ReportedAdvisory(report.package, source, affectedKeys(report.intervals), () => report);
}

/** An advisory whose report is read only for more than whether a release is affected. */
export class ReportedAdvisory implements Advisory {
  readonly package: string;
  readonly source: AdvisorySource;
  readonly #versions: AffectedVersions;
  readonly #read: () => AdvisoryReport;
  #known: AdvisoryReport | undefined;

  /** @param read returns a result of `mergeReports` */
  constructor(name: string, source: AdvisorySource, versions: AffectedVersions, read: () => AdvisoryReport) {
    this.package = name;
    this.source = source;
    this.#versions = versions;
    this.#read = read;
  }

  get report(): AdvisoryReport {
    this.#known ??= this.#read();
    return this.#known;
  }

  get id(): string {
    return this.report.ids[0];
  }

  get aliases(): readonly string[] {
    return this.report.ids.slice(1).sort();
  }

  get severity() {
    return this.report.severity;
  }

  get score() {
    return this.report.score;
  }

  get cwes() {
    return this.report.cwes;
  }

  get isMalware() {
    return this.report.isMalware;
  }

  get title() {
    return this.report.title;
  }

  get quality() {
    return this.report.quality;
  }

  get isLow() {
    return this.report.isLow;
  }

  get published() {
    return this.report.published;
  }

  get modified() {
    return this.report.modified;
  }

  get range(): string {
    return rangeText(this.report.intervals);
  }

  get isUnbounded(): boolean {
    return this.report.intervals.some(({ end }) => end === 'lost');
  }

  get fixedIn(): readonly string[] {
    return this.report.intervals.flatMap(({ end }) => fixOf(end));
  }

  affects(version: string): Affected {
    const key = releaseKey(version);
    if (key !== NO_KEY) return affectsRelease(this.#versions, key);
    return affectsOther(this.report.intervals, this.report.versions, version);
  }

  /** Returns the same for a release whose key is already known. */
  affectsRelease(key: number): Affected {
    return affectsRelease(this.#versions, key);
  }
}

/** An interval that ends before a version is fixed in that version. */
function fixOf(end: VersionInterval['end']): readonly string[] {
  return typeof end === 'object' && !end.inclusive && parseVersion(end.version) !== undefined
    ? [end.version]
    : [];
}
