import { CAPABILITY_NAMES, describeSign } from '../../../know/capabilities/describe.ts';
import type { CapabilityRecord } from '../../../know/capabilities/record.ts';
import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import { compareText } from '../../../read/text/compare-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { markup, type Part } from './markup.ts';
import type { PageInput } from './page-input.ts';
import { pageTable, type Section } from './page-parts.ts';

const MOST_NAMED = 8;

/** Shows what the code of packages can do, for those whose code is known. */
export function capabilitiesSection({ projects }: PageInput): Section {
  const known = new Map<string, CapabilityRecord>();
  const unknown = new Set<string>();
  for (const { graph, codes } of projects.filter(({ kind }) => kind !== 'fixture'))
    for (const { entry } of graph?.packages ?? []) {
      const record = codes.get(entry);
      if (record !== undefined) known.set(labelOf(entry), record);
      else if (entry.version !== undefined) unknown.add(labelOf(entry));
    }
  for (const label of known.keys()) unknown.delete(label);
  const ranked = [...known]
    .filter(([, { entries, gaps }]) => entries.length + gaps.length > 0)
    .sort(([a, one], [b, other]) => rank(other) - rank(one) || compareText(a, b));
  const rows = ranked.map(([label, record]) => ({ cells: cellsOf(label, record) }));
  return {
    id: 'capabilities',
    title: 'What packages can do',
    count: known.size === 0 ? 'unknown' : rows.length,
    body: markup`${
      unknown.size === 0
        ? undefined
        : markup`<p>Not looked at: the code of ${plural(unknown.size, 'package version')} (${namesAndMore([...unknown].sort(compareText), MOST_NAMED)}). Read are installed direct dependencies that are small, and what was inspected before. Run: <code>${'dephygiene inspect <name>'}</code></p>`
    }${known.size + unknown.size === 0 ? markup`<p>No package is locked.</p>` : undefined}${
      known.size > rows.length
        ? markup`<p>${plural(known.size - rows.length, 'package version')} of ${String(known.size)} that were read can do none of what is looked for.</p>`
        : undefined
    }${
      rows.length === 0
        ? undefined
        : pageTable(
            'What the code of packages can do by its syntax, suspicious ones first',
            ['Package', { title: 'Can do', look: 'wide' }, { title: 'Signs', look: 'wide' }, 'Verdict'],
            rows,
          )
    }`,
  };
}

function labelOf({ name, version }: LockEntry): string {
  return `${name} ${version?.value ?? ''}`.trim();
}

function rank({ isSuspicious, score, entries }: CapabilityRecord): number {
  return (isSuspicious ? 1e9 : 0) + score * 1e4 + entries.length;
}

function cellsOf(
  label: string,
  { entries, signs, gaps, isSuspicious, score }: CapabilityRecord,
): readonly Part[] {
  const names = Object.entries(CAPABILITY_NAMES).flatMap(([capability, name]) =>
    entries.some((entry) => entry.capability === capability) ? [name] : [],
  );
  const unread =
    gaps.length === 0
      ? undefined
      : markup`<span class="line">${plural(gaps.length, 'file')} not read.</span>`;
  return [
    markup`<code>${label}</code>`,
    markup`${names.length === 0 ? 'nothing of what was read' : names.join(', ')}${unread}`,
    namesAndMore([...new Set(signs.map(({ sign }) => describeSign(sign)))], MOST_NAMED),
    isSuspicious
      ? markup`<span class="count error">Suspicious:</span> ${String(score)} points`
      : 'not suspicious',
  ];
}
