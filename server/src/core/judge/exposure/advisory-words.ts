import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { AdvisoryFacts } from './advisory-facts.ts';

/** `a critical vulnerability`, `2 known vulnerabilities (highest: critical)`. */
export function countWords(advisories: readonly AdvisoryFacts[]): string {
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

/** What an advisory is about, where that is known, perhaps in which package, and its id: behind the words that count. */
export function aboutWords({ id, about }: AdvisoryFacts, within?: string): string {
  const words = [about, within].filter((part) => part !== null && part !== undefined).join(' in ');
  return words === '' ? ` (${idWords(id)})` : `: ${words} (${idWords(id)})`;
}

/**
 * `, fixed in 1.2.3` of the only advisory on a version, `. 1.2.3 fixes all` of several; a record that is not whole never
 * says that there is no fix.
 */
export function fixedWords(all: readonly AdvisoryFacts[]): string {
  const [worst] = all;
  if (worst === undefined) return '';
  const { fixedIn, allFixedIn, isFixUnknown } = worst;
  if (all.length > 1) {
    if (allFixedIn !== null) return `. ${allFixedIn} fixes all`;
    if (isFixUnknown) return '. Fixed version unknown';
    return all.some((each) => each.fixedIn !== null) ? '. No known version fixes all' : '. No fix known';
  }
  if (fixedIn !== null && fixedIn !== allFixedIn) {
    return `, fixed in ${fixedIn}. ${allFixedIn ?? 'No known version'} has no known vulnerabilities`;
  }
  if (allFixedIn !== null) return `, fixed in ${allFixedIn}`;
  return isFixUnknown ? ', fixed version unknown' : ', no fix known';
}

/** `mkdirp`, `mkdirp and rimraf`, `mkdirp, rimraf and 3 others`. */
export function listWords(names: readonly string[]): string {
  const [first = '', second = ''] = names;
  if (names.length < 2) return first;
  if (names.length === 2) return `${first} and ${second}`;
  const more = names.length - 2;
  return `${first}, ${second} and ${more} ${more === 1 ? 'other' : 'others'}`;
}

/** `minimist 0.0.8`. */
export function versionWords({ package: name, version }: Pick<AdvisoryFacts, 'package' | 'version'>): string {
  return shownText(`${name} ${version}`);
}

const LONGEST_ID = 60;

/** Ids are as sources give them. */
export function idWords(id: string): string {
  return shownText(id, LONGEST_ID);
}

/** CVSS's word for what npm calls `info` would be none. */
export function severityWord(severity: NonNullable<AdvisoryFacts['severity']>): string {
  return severity === 'info' ? 'informational' : severity;
}

function article(severity: NonNullable<AdvisoryFacts['severity']>): string {
  const word = severityWord(severity);
  return word === 'informational' ? `an ${word}` : `a ${word}`;
}

/** All advisories of one package in a line: what they hit, how bad they are, what they are about, and what brings it. */
export function packageLine(all: readonly AdvisoryFacts[]): string {
  const [first] = all;
  if (first === undefined) return '';
  const { path, malware } = first;
  const by = path.length > 1 ? `; ${path.join(' → ')}` : '';
  return `${versionWords(first)}, ${all.map(lineWords).join(', ')}${malware ? '' : fixedWords(all)}${by}.`;
}

function lineWords(facts: AdvisoryFacts): string {
  const { severity, malware, id } = facts;
  if (malware) return `malware (${idWords(id)})`;
  return `${severity === null ? 'severity unknown' : severityWord(severity)}${aboutWords(facts)}`;
}

/** The same where a message has told what the only advisory says: by which way the package comes. */
export function wayLine({ path, id }: AdvisoryFacts): string {
  return `${path.join(' → ')} (${idWords(id)}).`;
}

/** Packages that have no lines of their own. */
export function restLine(rest: readonly (readonly AdvisoryFacts[])[]): string {
  const named = rest.slice(0, MOST_NAMED).map((all) => {
    const ids = all.map(({ id }) => idWords(id)).join(', ');
    return `${versionWords(all[0]!)} (${ids})`;
  });
  const others = rest.length - named.length;
  return `And ${named.join(', ')}${others > 0 ? ` and ${others} more packages` : ''}.`;
}

/** Nobody reads on. */
const MOST_NAMED = 50;
