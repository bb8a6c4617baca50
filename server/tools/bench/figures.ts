/** The median of some measurements, and the worst of them. */
export interface Figures {
  readonly median: number;
  readonly p95: number;
}

export function figuresOf(measured: readonly number[]): Figures {
  const sorted = measured.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

export function medianOf(measured: readonly number[]): number {
  return figuresOf(measured).median;
}

export type Unit = 'ms' | 'ns' | 'MiB' | 'kB' | 'bytes a byte';

/** A measurement, with one of a peer in the same run. The ratio is what counts: times differ between machines. */
export interface Row {
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  /** With its version; undefined for an absolute figure. */
  readonly peer: string | undefined;
  /** Undefined if the peer is not available. */
  readonly theirs: number | undefined;
  /** The time of a minimal scan of the same text. */
  readonly floor?: number | undefined;
  /** The limit of the ratio, or of the figure itself without a peer; undefined: for information only. */
  readonly must: number | undefined;
  /** The ratio to aim for. */
  readonly stretch?: number | undefined;
}

export type Verdict = 'stretch' | 'must' | 'missed' | 'not measured' | '';

/** Returns the value to compare with the limits: the ratio, or the figure itself. */
export function measureOf({ ours, peer, theirs }: Row): number | undefined {
  if (peer === undefined) return ours;
  return theirs === undefined ? undefined : ours / theirs;
}

export function verdictOf(row: Row): Verdict {
  const measure = measureOf(row);
  if (row.must === undefined) return '';
  if (measure === undefined || Number.isNaN(measure)) return 'not measured';
  if (row.stretch !== undefined && measure <= row.stretch) return 'stretch';
  return measure <= row.must ? 'must' : 'missed';
}

/** Returns the cells of a row in the table. */
export function cellsOf(row: Row): readonly string[] {
  const { what, unit, ours, peer, theirs, floor, must, stretch } = row;
  const measure = peer === undefined ? undefined : measureOf(row);
  const limit = (value: number | undefined) =>
    value === undefined ? '' : peer === undefined ? withUnit(value, unit) : String(value);
  return [
    what,
    withUnit(ours, unit),
    peer ?? '',
    peer === undefined ? '' : theirs === undefined ? 'not there' : withUnit(theirs, unit),
    floor === undefined ? '' : withUnit(floor, unit),
    measure === undefined ? '' : digits(measure),
    limit(must),
    limit(stretch),
    verdictOf(row),
  ];
}

export const HEADINGS: readonly string[] = [
  'What',
  'Ours',
  'Peer',
  'Theirs',
  'Floor',
  'Ratio',
  'Must',
  'Stretch',
  'Kept',
];

/** Prints a table for a terminal. */
export function printRows(rows: readonly Row[]): void {
  const table = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table) {
    const line = row.map((cell, at) => cell.padEnd(widths[at]!)).join('  ');
    console.log(line.trimEnd());
  }
}

function withUnit(value: number, unit: Unit): string {
  return unit === 'bytes a byte' ? digits(value) : `${digits(value)} ${unit}`;
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
