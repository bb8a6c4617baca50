import type { AdvisorySourceState } from '../../know/advisory/advisories.ts';
import { UNTRUSTED } from '../../know/registry/access/may-ask.ts';
import { ageOf, formatAge, longDate, monthAndYear } from '../../read/text/words/dates.ts';
import { plural } from '../../read/text/words/words.ts';

/** Formats the advisory sources used, with their ages; the first one is introduced as advisories. */
export function describeAdvisory(states: readonly AdvisorySourceState[], now: number): readonly string[] {
  const used = states.flatMap((state) => describeUsed(state, now) ?? []);
  if (states.length > 0 && used.length === 0) return ['no advisories'];
  const words = used.map((each, at) => {
    if (at > 0) return each;
    return each.startsWith('of ') ? `advisories ${each}` : `advisories of ${each}`;
  });
  return needsDatabase(states) ? [...words, '"dephygiene db update" fetches newer ones'] : words;
}

/** Formats a used source and the age of its data. */
function describeUsed(
  { source, host, state, asOf, completeTo }: AdvisorySourceState,
  now: number,
): string | undefined {
  const isLive = source === 'registry' || source === 'osv';
  // Earlier answers still count when the rest failed.
  if (isLive ? asOf === undefined : state !== 'used') return undefined;
  if (isLive) return `${source === 'osv' ? 'OSV' : (host ?? PUBLIC)} ${formatAge(asOf!, now)}`;
  const kind = source === 'bundled' ? 'bundled' : 'local database';
  if (asOf === undefined) return `of the ${source === 'bundled' ? 'bundled data' : kind}`;
  const day = new Date(asOf).toISOString().slice(0, 10);
  return `of ${longDate(day)} (${kind}, ${ageOf(day, now)}${describeCoverage(completeTo)})`;
}

/** Formats `, complete to Nov 2024`: later data covers only some packages. */
function describeCoverage(completeTo: number | undefined): string {
  if (completeTo === undefined) return '';
  return `, complete to ${monthAndYear(completeTo)}, partial since`;
}

/** Checks whether only the bundled data is known, which is partial: a local database is more complete. */
function needsDatabase(states: readonly AdvisorySourceState[]): boolean {
  const used = states.filter(({ state }) => state === 'used');
  return used.length > 0 && used.every(({ completeTo }) => completeTo !== undefined);
}

const PUBLIC = 'the public npm registry';

/**
 * Describes what an advisory source should have answered and did not; undefined if it answered everything, or was not
 * asked.
 */
export function advisoryGap(state: AdvisorySourceState, now: number): string | undefined {
  const { source, detail, unanswered } = state;
  const why = WHY.get(detail ?? '') ?? detail ?? 'no answer yet';
  if (source === 'bundled') return state.state === 'used' ? undefined : `bundled advisories (${why})`;
  if (source === 'database') {
    const isExpected = state.state !== 'used' && state.state !== 'missing';
    return isExpected ? `local advisory database (${why})` : undefined;
  }
  if (unanswered > 0) return `${describeAsked(state)} for ${plural(unanswered, 'package')} (${why})`;
  if (state.state !== 'used' || detail === undefined || state.asOf === undefined) return undefined;
  return `new ${describeAsked(state)} since ${formatAge(state.asOf, now)} (${why})`;
}

function describeAsked({ source, host, state }: AdvisorySourceState): string {
  if (source === 'osv') return 'OSV records';
  if (state === 'off') return 'registry advisories';
  return `advisories of ${host ?? PUBLIC}`;
}

/** Details that the command line words differently. */
const WHY: ReadonlyMap<string, string> = new Map([[UNTRUSTED, 'not asked without --trust']]);
