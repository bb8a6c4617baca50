import type { Fact } from '../../../know/registry/documents/fact.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { isSecurityHolding } from '../../../know/registry/releases/security-holding.ts';
import { formatAge, formatDay } from '../../../read/text/words/dates.ts';
import { type CardLine, line } from './card-line.ts';
import type { HoverFacts, SourceFacts } from './hover-facts.ts';

/** Returns what makes the rest of the card incomplete or absent: one line, rarely two. */
export function stateLines(
  { target, now }: HoverFacts,
  { known, registry, held }: SourceFacts & { readonly type: 'registry' },
): readonly CardLine[] {
  const { packument } = known;
  switch (packument.state) {
    case 'ready':
      return [
        ...line('Not checked', describeAge(packument, now)),
        ...line('Unpublished', describeUnpublished(packument.value, now)),
        ...line('Removed', describeTaken(packument.value)),
        ...(held === undefined ? [] : line(held.label, held.words)),
      ];
    case 'pending':
      return line('Not checked', 'the registry has not answered yet');
    case 'absent': {
      const where = registry.kind === 'public' ? 'the public npm registry' : registry.host;
      return line('Not found', `${where} has no package named "${target}"`);
    }
    case 'unavailable':
      return line('Not checked', packument.detail);
  }
}

/** Describes why the displayed data could not be refreshed, and its age. */
function describeAge(
  { notRefreshed, asOf }: Fact<Packument> & { readonly state: 'ready' },
  now: number,
): string | undefined {
  return notRefreshed && `${notRefreshed.detail}; last known ${formatAge(asOf, now)}`;
}

function describeUnpublished({ unpublished }: Packument, now: number): string | undefined {
  if (unpublished === undefined) return undefined;
  const { time } = unpublished;
  return `the whole package${time === undefined ? '' : `, on ${formatDay(time)} (${formatAge(time, now)})`}`;
}

function describeTaken(packument: Packument): string | undefined {
  return isSecurityHolding(packument)
    ? 'by the registry, which holds the name with a placeholder package'
    : undefined;
}
