import { severityWord } from '../../../judge/exposure/describe-advisory.ts';
import { SEVERITIES, type Severity } from '../../../read/text/finding.ts';
import { plural } from '../../../read/text/words/words.ts';
import { areWhole } from '../../features/describe-advisory-source.ts';
import type { PackagePageInput } from './package-input.ts';

/** The verdict on a version, as a state of the page and a sentence. */
export interface PackageVerdict {
  readonly state: 'failed' | 'unknown' | 'passed';
  readonly text: string;
  /** Of the worst finding or advisory. */
  readonly severity: Severity | 'clear';
}

/** Judges a version by advisories and findings. Passes nothing of which some part is unknown. */
export function packageVerdict(input: PackagePageInput): PackageVerdict {
  const { advisories, findings, verification } = input;
  const { affecting, fixedIn } = advisories;
  if (affecting.some(({ isMalware }) => isMalware))
    return { state: 'failed', text: 'Known malware', severity: 'error' };
  if (verification?.judgement === 'wrong')
    return { state: 'failed', text: verification.conclusion, severity: 'error' };
  const told: readonly Severity[] = findings
    .map(({ finding }) => finding.severity)
    .filter((severity) => severity !== 'hint');
  const worst = SEVERITIES.find((severity) => told.includes(severity));
  if (affecting.length > 0) {
    const count = plural(affecting.length, 'known vulnerability', 'known vulnerabilities');
    const highest = affecting.find(({ severity }) => severity !== undefined)?.severity;
    const rank = highest === undefined ? '' : ` (highest: ${severityWord(highest)})`;
    const fix = fixedIn === undefined ? '' : `, fixed in ${fixedIn}`;
    return { state: 'failed', text: `${count}${rank}${fix}`, severity: worst ?? 'warning' };
  }
  if (worst !== undefined) {
    const text = plural(told.length, 'finding');
    return { state: worst === 'error' ? 'failed' : 'unknown', text, severity: worst };
  }
  return isWhole(input)
    ? { state: 'passed', text: 'No known problems', severity: 'clear' }
    : { state: 'unknown', text: 'No problems in what is known', severity: 'clear' };
}

function isWhole({ subject, elsewhere, known, advisories }: PackagePageInput): boolean {
  const { packument } = known;
  return (
    subject !== undefined &&
    elsewhere === undefined &&
    packument.state === 'ready' &&
    packument.notRefreshed === undefined &&
    packument.value.versions.has(subject.version) &&
    advisories.undecided.length === 0 &&
    areWhole(advisories.sources)
  );
}
