import { groupBy } from '../../../read/text/group-by.ts';
import type { Advisory } from '../advisory.ts';
import { hasMalwareSigns } from '../malware-signs.ts';
import { npmRange } from '../osv/npm-range.ts';
import type { BulkAdvisory } from './bulk-answer.ts';

/** Converts the response of a registry's bulk endpoint for a package, grouping the ranges of each advisory. */
export function bulkAdvisories(name: string, entries: readonly BulkAdvisory[]): readonly Advisory[] {
  const byId = groupBy(entries, ({ id }) => id);
  return [...byId.values()].map((ranges) => advisoryOf(name, ranges));
}

function advisoryOf(name: string, entries: readonly BulkAdvisory[]): Advisory {
  const { id } = entries[0]!;
  const first = <K extends 'title' | 'severity' | 'score'>(member: K) =>
    entries.find((entry) => entry[member] !== undefined)?.[member];
  const cwes = [...new Set(entries.flatMap((entry) => entry.cwes))];
  const title = first('title');
  const isMalware = hasMalwareSigns(cwes, title);
  const range = npmRange([...new Set(entries.map((entry) => entry.range))].join(' || '));
  const numbers = entries.map(({ number }) => number).filter((number) => number !== undefined);
  return {
    id,
    aliases: [...new Set(numbers)].filter((number) => number !== id).sort(),
    package: name,
    severity: isMalware ? 'critical' : first('severity'),
    score: first('score'),
    cwes,
    isMalware,
    title,
    published: undefined,
    modified: undefined,
    range: range.text,
    isUnbounded: false,
    quality: 'complete',
    isLow: false,
    // An advisory ends before the version that fixes it.
    get fixedIn() {
      return range.ends;
    },
    source: 'registry',
    affects: range.affects,
  };
}
