import { MECHANISMS } from '../../src/core/know/identity/verdict.ts';
import type { CrossCheck } from './identity-cross-check.ts';
import {
  type Alarms,
  alarmsOf,
  byFold,
  type Judge,
  percent,
  type Recall,
  recallOf,
} from './identity-figures.ts';
import type { Attack } from './identity-lists.ts';

/** Harmless names. */
export interface NameSet {
  readonly label: string;
  readonly names: readonly string[];
}

export interface IdentityFigures {
  readonly popular: { readonly size: number; readonly bytes: number };
  readonly judge: Judge;
  readonly attacks: readonly Attack[];
  readonly core: readonly Attack[];
  readonly listed: readonly Attack[];
  readonly sets: readonly NameSet[];
  readonly checked: CrossCheck;
  /** Downloads a month, by name. */
  readonly downloads: ReadonlyMap<string, number>;
  readonly ordinary: readonly string[];
  readonly lookAlikes: readonly string[];
  readonly times: {
    readonly mean: number;
    readonly slowest: number;
    readonly read: number;
    readonly first: number;
  };
}

/** Squats of four widely known packages. */
const TWELVE: readonly (readonly [target: string, names: string])[] = [
  ['lodash', 'lodahs lodash- lodashjs'],
  ['react', 'react-js reactt reacct'],
  ['express', 'expres expresss express-js'],
  ['moment', 'momentt moment-js momnet'],
];

/** Returns all tables as Markdown. */
export function identityTables(figures: IdentityFigures): string {
  return [
    detection(figures),
    falseAlarms(figures),
    crossChecked(figures),
    byLabel(figures),
    byMechanism(figures),
    withDownloads(figures),
    times(figures),
  ].join('\n\n');
}

function detection({ judge, attacks, core, listed }: IdentityFigures): string {
  const twelve = TWELVE.flatMap(([target, names]) =>
    names.split(' ').map((name): Attack => ({ name, target, category: 'brief', source: '' })),
  );
  const rows: [label: string, attacks: readonly Attack[], limit: string][] = [
    ['published attacks whose target is in the list', listed, '85 % (aim 90 %)'],
    ['all published attacks', core, '45 % (aim 55 %)'],
    [
      'those of the ecosyste.ms dataset (2025)',
      attacks.filter(({ source }) => source.includes('ecosystems2025')),
      '85 %',
    ],
    ['twelve squats of lodash, react, express, moment', twelve, 'all'],
  ];
  return table(
    'Attacks',
    ['Set', 'Number', 'Right target named', 'in fifths', 'as a warning', 'At least'],
    rows.map(([label, set, limit]) => {
      const { named, warned } = recallOf(set, judge);
      const { least, most } = byFold(
        set,
        ({ target }) => target,
        (part) => recallOf(part, judge).named,
      );
      return [label, number(set.length), percent(named), span(least, most), percent(warned), limit];
    }),
  );
}

const LIMITS: Readonly<Record<string, string>> = {
  'popular names, the whole list': 'none',
  'ordinary names, ranks 20,000 to 60,000': '1 % (aim 0.3 %)',
  'hard look-alikes': '5 % (aim 2 %)',
};

function falseAlarms({ judge, sets }: IdentityFigures): string {
  return table(
    'False alarms',
    ['Set', 'Number', 'Warned', 'in fifths', 'Hinted', 'Warned at most'],
    sets.map(({ label, names }) => {
      const { warned, hinted } = alarmsOf(names, judge);
      const { least, most } = byFold(
        names,
        (name) => name,
        (part) => alarmsOf(part, judge).warned,
      );
      const fifths = span(least, most, 2);
      return [
        label,
        number(names.length),
        percent(warned, 2),
        fifths,
        percent(hinted, 2),
        LIMITS[label] ?? '',
      ];
    }),
  );
}

function crossChecked({ checked }: IdentityFigures): string {
  const recall = (label: string, { named, warned }: Recall) => [label, percent(named), percent(warned), ''];
  const alarms = (label: string, { warned, hinted }: Alarms) => [
    label,
    '',
    percent(warned, 2),
    percent(hinted, 2),
  ];
  const chosen = checked.chosen
    .map(({ top, wellKnown, common }) => `${top}/${wellKnown}/${common}`)
    .join(', ');
  return [
    table(
      'Cross-check',
      ['Set', 'Right target named', 'Warned', 'Hinted'],
      [
        recall('published attacks whose target is in the list', checked.listed),
        recall('all published attacks', checked.core),
        alarms('hard look-alikes', checked.lookAlikes),
        alarms('ordinary names, ranks 20,000 to 60,000', checked.ordinary),
      ],
    ),
    `Ranks that were chosen without each fifth: ${chosen}.`,
  ].join('\n\n');
}

function byLabel({ judge, core, listed }: IdentityFigures): string {
  const isListed = new Set(listed);
  const labels = [...new Set(core.map(({ category }) => category))].sort();
  return table(
    'Recall by the label of the attack',
    ['Label', 'Target in the list', 'Right target named', 'as a warning', 'Target not in the list', 'named'],
    labels.map((label) => {
      const all = core.filter(({ category }) => category === label);
      const { named, warned } = recallOf(
        all.filter((attack) => isListed.has(attack)),
        judge,
      );
      const others = recallOf(
        all.filter((attack) => !isListed.has(attack)),
        judge,
      ).named;
      return [
        label,
        String(named.whole),
        String(named.part),
        String(warned.part),
        String(others.whole),
        String(others.part),
      ];
    }),
  );
}

function byMechanism({ judge, core, ordinary, lookAlikes }: IdentityFigures): string {
  const found = core.flatMap(({ name, target }) => {
    const verdict = judge(name);
    return verdict?.target === target ? [verdict] : [];
  });
  const counts = (names: readonly string[], mechanism: string) => {
    const verdicts = names
      .flatMap((name) => judge(name) ?? [])
      .filter((each) => each.mechanism === mechanism);
    const warned = verdicts.filter(({ strength }) => strength === 'strong').length;
    return [String(warned), String(verdicts.length - warned)];
  };
  return table(
    'By mechanism',
    [
      ...['Mechanism', 'Attacks named', 'as a warning', 'Look-alikes warned', 'hinted'],
      ...['Ordinary names warned', 'hinted'],
    ],
    MECHANISMS.map((mechanism) => {
      const own = found.filter((verdict) => verdict.mechanism === mechanism);
      const warned = own.filter(({ strength }) => strength === 'strong').length;
      return [
        mechanism,
        String(own.length),
        String(warned),
        ...counts(lookAlikes, mechanism),
        ...counts(ordinary, mechanism),
      ];
    }),
  );
}

/** The downloads a month that clear a name: see `weighName`. */
const MANY_A_MONTH = 65_000;

function withDownloads({ judge, downloads, ordinary, lookAlikes, attacks }: IdentityFigures): string {
  const isCleared = (name: string) => (downloads.get(name) ?? 0) >= MANY_A_MONTH;
  const row = (label: string, names: readonly string[]) => {
    const rest = (name: string) => (isCleared(name) ? undefined : judge(name));
    const [alone, known] = [alarmsOf(names, judge), alarmsOf(names, rest)];
    const cells = [alone.warned, known.warned, alone.hinted, known.hinted].map((share) => percent(share, 2));
    return [label, ...cells];
  };
  const attacked = attacks.filter(({ name, category }) => !category.includes(':') && isCleared(name)).length;
  return [
    table(
      'With downloads known',
      ['Set', 'Warned', 'left', 'Hinted', 'left'],
      [row('ordinary names, ranks 20,000 to 60,000', ordinary), row('hard look-alikes', lookAlikes)],
    ),
    `Published attacks that this would clear: ${attacked}.`,
  ].join('\n\n');
}

function times({ popular, times: { mean, slowest, read, first } }: IdentityFigures): string {
  return table(
    'Time and size',
    ['What', 'Measured', 'At most'],
    [
      ['one name, warm', `${mean.toFixed(1)} µs`, '20 µs'],
      ['5,000 names, warm', `${(mean * 5).toFixed(0)} ms`, '100 ms'],
      ['the slowest name, the best of three', `${slowest.toFixed(2)} ms`, '1 ms'],
      [
        'reading the list and making its index, processor time in a new process',
        `${read.toFixed(1)} ms`,
        '15 ms',
      ],
      ['the first verdict there, with what it makes', `${first.toFixed(1)} ms`, ''],
      [`the list of ${number(popular.size)} names`, `${(popular.bytes / 1000).toFixed(0)} kB`, '400 kB'],
    ],
  );
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i === 0 ? '---' : '--:'));
  return [`### ${title}`, '', line(head), line(rule), ...rows.map(line)].join('\n');
}

function span(least: number, most: number, digits = 0): string {
  return Number.isFinite(least)
    ? `${(least * 100).toFixed(digits)} to ${(most * 100).toFixed(digits)} %`
    : '';
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
