/** The middle of some measurements, and how bad it gets. */
export interface Figures {
  readonly median: number;
  readonly p95: number;
}

export function figuresOf(measured: readonly number[]): Figures {
  const sorted = measured.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** What was measured against one peer in the same run. The ratio is what counts: times differ between machines. */
export interface Comparison {
  readonly what: string;
  readonly ours: number;
  readonly peer: string;
  /** Undefined where the peer could not be had. */
  readonly theirs: number | undefined;
  /** The ratio that must not be passed. */
  readonly must: number;
  readonly unit: 'ms' | 'MiB';
}

/** Prints a table, and says whether each ratio is kept. */
export function printComparisons(comparisons: readonly Comparison[]): void {
  const rows = comparisons.map(({ what, ours, peer, theirs, must, unit }) => {
    const ratio = theirs === undefined ? undefined : ours / theirs;
    return [
      what,
      `${digits(ours)} ${unit}`,
      theirs === undefined ? `${peer}: not there` : `${peer}: ${digits(theirs)} ${unit}`,
      ratio === undefined ? '?' : digits(ratio),
      `<= ${must}`,
      ratio === undefined ? 'not measured' : ratio <= must ? 'kept' : 'MISSED',
    ];
  });
  const table = [['what', 'ours', 'peer', 'ratio', 'must', ''], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table)
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    );
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
}
