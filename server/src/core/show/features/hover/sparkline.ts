/** The lowest stands for nothing at all, so that one release in a long time is still seen. */
const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

const PARTS = 12;
const DAY = 24 * 60 * 60 * 1000;
/** A picture of a few days, or of a few releases, would look like more than it is. */
const LEAST_SPAN = 60 * DAY;
const LEAST_RELEASES = 4;

/** Where there is never more than a release or two at a time, the bars stay low. */
const FULL_HEIGHT = 4;

/** Counts as a row of bars: plain text, which takes the colours of wherever it is shown. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(FULL_HEIGHT, ...counts);
  return counts
    .map((count) => BARS[count <= 0 ? 0 : Math.ceil((count / most) * (BARS.length - 1))] ?? BARS[0])
    .join('');
}

/**
 * How the releases of a package lie between the first one and now, in twelve parts of the same length. Undefined where
 * there is no rhythm to see.
 * @param times milliseconds since 1970, the earliest first
 */
export function releaseRhythm(times: Iterable<number>, now: number): string | undefined {
  const all = [...times].filter((time) => time <= now);
  const [first] = all;
  if (first === undefined || all.length < LEAST_RELEASES || now - first < LEAST_SPAN) return undefined;
  const counts = new Array<number>(PARTS).fill(0);
  for (const time of all) {
    const part = Math.min(PARTS - 1, Math.floor(((time - first) / (now - first)) * PARTS));
    if (part >= 0) counts[part]!++;
  }
  return sparkline(counts);
}
