/** The lowest bar means zero, so that a single release in a long period is still visible. */
const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

const PARTS = 12;
const DAY = 24 * 60 * 60 * 1000;
/** A sparkline of a few days or releases would appear more significant than it is. */
const LEAST_SPAN = 60 * DAY;
const LEAST_RELEASES = 4;

/** Keeps the bars low if there is never more than a release or two at a time. */
const FULL_HEIGHT = 4;

/** Formats counts as a row of bars: plain text in the colors of its surroundings. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(FULL_HEIGHT, ...counts);
  return counts
    .map((count) => BARS[count <= 0 ? 0 : Math.ceil((count / most) * (BARS.length - 1))] ?? BARS[0])
    .join('');
}

/**
 * Formats the releases of a package between the first one and now, in twelve periods of equal length. Undefined if
 * there is no visible rhythm.
 * @param times milliseconds since 1970, earliest first
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
