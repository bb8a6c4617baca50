import type { AdvisorySourceState } from '../../know/advisory/advisories.ts';
import type { AdvisorySource } from '../../know/advisory/advisory.ts';
import { formatAge, formatDay } from '../../read/text/words/dates.ts';

/**
 * Formats the advisory sources that have answered, with the age of their data: "checked 3 h ago (bundled data of 20 Nov
 * 2026 + the public npm registry)". Undefined if none has.
 */
export function describeUsedSources(
  sources: readonly AdvisorySourceState[],
  now: number,
): string | undefined {
  const used = sources.filter(({ state }) => state === 'used');
  if (used.length === 0) return undefined;
  // Together they are only as recent as the oldest answer.
  const live = used.filter(({ source, asOf }) => isLive(source) && asOf !== undefined);
  const asked = live.length === 0 ? undefined : Math.min(...live.map(({ asOf }) => asOf!));
  const ages = asked === undefined ? now : undefined;
  const names = [...new Set(used.map((one) => describeUsed(one, ages)))].join(' + ');
  return asked === undefined ? `by ${names}` : `checked ${formatAge(asked, now)} (${names})`;
}

/** Formats the advisory sources that should have answered but have not, and why; undefined if all have. */
export function describeMissingSources(sources: readonly AdvisorySourceState[]): string | undefined {
  const missing = sources.filter(isMissed);
  return missing.length === 0 ? undefined : [...new Set(missing.map(describeMissed))].join('; ');
}

/** Checks whether the source should have answered but has not. */
function isMissed({ state }: AdvisorySourceState): boolean {
  return state === 'pending' || state === 'failed' || state === 'unsupported';
}

/** Checks whether anything is known, and every source that should have answered has. */
export function areWhole(sources: readonly AdvisorySourceState[]): boolean {
  return sources.some(({ state }) => state === 'used') && !sources.some(isMissed);
}

function isLive(source: AdvisorySource): boolean {
  return source === 'registry' || source === 'osv';
}

const PUBLIC = 'the public npm registry';

/** @param now for its age, which stands beside its date */
function describeUsed(
  { source, host, asOf, completeTo }: AdvisorySourceState,
  now: number | undefined,
): string {
  const age = asOf === undefined || now === undefined ? '' : ` (${formatAge(asOf, now)})`;
  const day = asOf === undefined ? '' : ` of ${formatDay(asOf)}${age}`;
  switch (source) {
    case 'bundled':
      return `bundled data${day}${completeTo === undefined ? '' : `, partial since ${formatDay(completeTo)}`}`;
    case 'database':
      return `your database${day}`;
    case 'registry':
      return host ?? PUBLIC;
    case 'osv':
      return 'OSV';
  }
}

function describeMissed({ source, host, state, detail }: AdvisorySourceState): string {
  const name = SOURCES[source](host);
  if (state === 'pending') return `${name} has not answered yet`;
  if (detail !== undefined) return `${name}: ${detail}`;
  return state === 'unsupported' ? `${name} offers no advisories` : `no answer from ${name}`;
}

const SOURCES: Readonly<Record<AdvisorySource, (host: string | undefined) => string>> = {
  bundled: () => 'the bundled data',
  database: () => 'your database',
  registry: (host) => host ?? PUBLIC,
  osv: () => 'OSV',
};
