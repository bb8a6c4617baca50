import type { Advisory } from '../../know/advisory/advisory.ts';
import { severityOfScore } from '../../know/advisory/osv/severity.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { AdvisoryFacts } from './advisory-facts.ts';

/** Formats `a critical vulnerability`, `2 known vulnerabilities (highest: critical)`. */
export function formatCount(advisories: readonly AdvisoryFacts[]): string {
  const [worst] = advisories;
  const severity = worst?.severity ?? null;
  if (advisories.length === 1) {
    const kind = `${worst?.isDisputed === true ? 'disputed ' : ''}vulnerability`;
    if (severity === null) return `a ${kind}`;
    return `${article(severity)} ${kind}`;
  }
  const count = `${advisories.length} known vulnerabilities`;
  return severity === null ? count : `${count} (highest: ${severityWord(severity)})`;
}

/**
 * Formats `critical (9.8)`. Sources rate by different versions of CVSS, so a score that means another severity is left
 * out.
 */
export function formatRating({ severity, score }: Pick<Advisory, 'severity' | 'score'>): string {
  if (severity === undefined) return 'severity unknown';
  const agrees = score !== undefined && severityOfScore(score) === severity;
  return agrees ? `${severityWord(severity)} (${score})` : severityWord(severity);
}

/** Formats an advisory's subject, if known, optionally with its package, and its id; follows the counting words. */
export function describeAbout({ id, about }: AdvisoryFacts, within?: string): string {
  const words = [about, within].filter((part) => part !== null && part !== undefined).join(' in ');
  return words === '' ? ` (${formatId(id)})` : `: ${words} (${formatId(id)})`;
}

/**
 * Formats `, fixed in 1.2.3` for the only advisory on a version, `. 1.2.3 fixes all` for several. Never states that
 * there is no fix if a record is incomplete.
 *
 * @param listed the release to take instead of the fixed version; null if the registry lists no version with the fix
 */
export function describeFixed(all: readonly AdvisoryFacts[], listed?: string | null): string {
  const [worst] = all;
  if (worst === undefined) return '';
  const { fixedIn, isFixUnknown } = worst;
  const allFixedIn = listed ?? worst.allFixedIn;
  if (listed === null && allFixedIn !== null) {
    return `${all.length > 1 ? '. Fixed' : ', fixed'} in ${allFixedIn}, which the registry does not list`;
  }
  if (all.length > 1) {
    if (allFixedIn !== null) return `. ${allFixedIn} ${fixesAll(all.filter(({ isLeft }) => isLeft))}`;
    if (isFixUnknown) return '. Fixed version unknown';
    return all.some((each) => each.fixedIn !== null) ? '. No known version fixes all' : '. No fix known';
  }
  if (fixedIn !== null && fixedIn !== allFixedIn) {
    return `, fixed in ${fixedIn}. ${allFixedIn ?? 'No known version'} has no known vulnerabilities`;
  }
  if (allFixedIn !== null) return `, fixed in ${allFixedIn}`;
  return isFixUnknown ? ', fixed version unknown' : ', no fix known';
}

/** Formats `fixes all`, or `fixes all but GHSA-…`. */
export function fixesAll(left: readonly { readonly id: string }[]): string {
  return left.length === 0 ? 'fixes all' : `fixes all but ${formatList(left.map(({ id }) => formatId(id)))}`;
}

/** Formats `mkdirp`, `mkdirp and rimraf`, `mkdirp, rimraf and 3 others`. */
export function formatList(names: readonly string[]): string {
  const [first = '', second = ''] = names;
  if (names.length < 2) return first;
  if (names.length === 2) return `${first} and ${second}`;
  const more = names.length - 2;
  return `${first}, ${second} and ${more} ${more === 1 ? 'other' : 'others'}`;
}

/** Formats `minimist 0.0.8`. */
export function versionWords({ package: name, version }: Pick<AdvisoryFacts, 'package' | 'version'>): string {
  return shownText(`${name} ${version}`);
}

const LONGEST_ID = 60;

/** Sanitizes and shortens an id, which is untrusted text from its source. */
export function formatId(id: string): string {
  return shownText(id, LONGEST_ID);
}

/** Formats a severity. CVSS calls npm's `info` "none", which would be misleading. */
export function severityWord(severity: NonNullable<AdvisoryFacts['severity']>): string {
  return severity === 'info' ? 'informational' : severity;
}

function article(severity: NonNullable<AdvisoryFacts['severity']>): string {
  const word = severityWord(severity);
  return word === 'informational' ? `an ${word}` : `a ${word}`;
}

/**
 * Formats the advisories of one package on one line: the version, severities, subjects and dependency path. Of many, the
 * worst; the finding's data has all.
 */
export function packageLine(all: readonly AdvisoryFacts[]): string {
  const [first] = all;
  if (first === undefined) return '';
  const { path, malware } = first;
  const by = path.length > 1 ? `; ${path.join(' → ')}` : '';
  const listed = all.length > MOST_ON_LINE + 1 ? all.slice(0, MOST_ON_LINE) : all;
  const left = all.length - listed.length;
  const more = left === 0 ? '' : ` and ${left} more`;
  return `${versionWords(first)}, ${listed.map(formatLine).join(', ')}${more}${malware ? '' : describeFixed(all)}${by}.`;
}

/** The worst come first; hundreds of words would go unread. */
const MOST_ON_LINE = 4;

function formatLine(facts: AdvisoryFacts): string {
  const { severity, malware, id } = facts;
  if (malware) return `malware (${formatId(id)})`;
  return `${severity === null ? 'severity unknown' : severityWord(severity)}${describeAbout(facts)}`;
}

/** Formats the dependency path of the only advisory, whose other facts the message already states. */
export function wayLine({ path, id }: AdvisoryFacts): string {
  return `${path.join(' → ')} (${formatId(id)}).`;
}

/** Formats the packages without lines of their own. */
export function restLine(rest: readonly (readonly AdvisoryFacts[])[]): string {
  const named = rest.slice(0, MOST_NAMED).map((all) => {
    const ids = all.map(({ id }) => formatId(id)).join(', ');
    return `${versionWords(all[0]!)} (${ids})`;
  });
  const others = rest.length - named.length;
  return `And ${named.join(', ')}${others > 0 ? ` and ${others} more packages` : ''}.`;
}

/** Longer lists go unread. */
const MOST_NAMED = 50;
