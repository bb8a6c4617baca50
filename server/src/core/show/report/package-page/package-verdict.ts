import { severityWord } from '../../../judge/exposure/describe-advisory.ts';
import { SEVERITIES, type Severity } from '../../../read/text/finding.ts';
import { plural } from '../../../read/text/words/words.ts';
import { areWhole } from '../../features/describe-advisory-source.ts';
import {
  type PulledInVerdict,
  pulledInMalware,
  pulledInVulnerable,
} from '../../features/pulled-in-verdict.ts';
import type { PackagePageInput, PageAdvisories } from './package-input.ts';

/** The verdict on a version, as a state of the page and a sentence. */
export interface PackageVerdict {
  readonly state: 'failed' | 'unknown' | 'passed';
  readonly text: string;
  /** Of the worst finding or advisory. */
  readonly severity: Severity | 'clear';
}

/**
 * Judges a version by advisories and findings, in the order and words of its card in the editor. Passes nothing of which
 * some part is unknown.
 */
export function packageVerdict(input: PackagePageInput): PackageVerdict {
  const { advisories, findings, verification } = input;
  if (advisories.affecting.some(({ isMalware }) => isMalware))
    return { state: 'failed', text: 'Known malware', severity: 'error' };
  if (verification?.judgement === 'wrong')
    return { state: 'failed', text: verification.conclusion, severity: 'error' };
  const told: readonly Severity[] = findings
    .map(({ finding }) => finding.severity)
    .filter((severity) => severity !== 'hint');
  const worst = SEVERITIES.find((severity) => told.includes(severity));
  const isSerious = worst === 'error' || worst === 'warning';
  return (
    ofPulledIn(pulledInMalware(advisories.pulledIn)) ??
    ofAdvisories(advisories, worst) ??
    (isSerious ? ofFindings(told.length, worst) : undefined) ??
    ofPulledIn(pulledInVulnerable(advisories.pulledIn, advisories.ignored.pulledIn)) ??
    (worst === undefined ? undefined : ofFindings(told.length, worst)) ??
    ofUnknown(input)
  );
}

function ofAdvisories(
  { affecting, fixedIn, ignored }: PageAdvisories,
  worst: Severity | undefined,
): PackageVerdict | undefined {
  if (affecting.length === 0) return undefined;
  const count = plural(affecting.length, 'known vulnerability', 'known vulnerabilities');
  const fix = fixedIn === undefined ? '' : `, fixed in ${fixedIn}`;
  if (ignored.own !== undefined) {
    const text = `${count}, ignored until ${ignored.own}${fix}`;
    return { state: 'unknown', text, severity: worst ?? 'information' };
  }
  const highest = affecting.find(({ severity }) => severity !== undefined)?.severity;
  const rank = highest === undefined ? '' : ` (highest: ${severityWord(highest)})`;
  return { state: 'failed', text: `${count}${rank}${fix}`, severity: worst ?? 'warning' };
}

function ofPulledIn(verdict: PulledInVerdict | undefined): PackageVerdict | undefined {
  if (verdict === undefined) return undefined;
  const { level, words, more } = verdict;
  const severity = level === 'info' ? 'information' : level;
  return { state: level === 'info' ? 'unknown' : 'failed', text: `${words}${more}`, severity };
}

function ofFindings(count: number, worst: Severity): PackageVerdict {
  return {
    state: worst === 'error' ? 'failed' : 'unknown',
    text: plural(count, 'finding'),
    severity: worst,
  };
}

function ofUnknown(input: PackagePageInput): PackageVerdict {
  if (input.advisories.undecided.length > 0)
    return { state: 'unknown', text: 'Possibly vulnerable', severity: 'clear' };
  return isWhole(input)
    ? { state: 'passed', text: 'No known problems', severity: 'clear' }
    : { state: 'unknown', text: 'Partly checked, nothing found so far', severity: 'clear' };
}

function isWhole({ subject, elsewhere, known, advisories }: PackagePageInput): boolean {
  const { packument } = known;
  return (
    subject !== undefined &&
    elsewhere === undefined &&
    packument.state === 'ready' &&
    packument.notRefreshed === undefined &&
    packument.value.versions.has(subject.version) &&
    areWhole(advisories.sources)
  );
}
