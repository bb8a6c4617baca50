/** A number and a noun that fits it: `1 file`, `1,204 packages`. */
export function plural(count: number, noun: string): string {
  const many = noun === 'entry' ? 'entries' : `${noun}s`;
  return `${group(count)} ${count === 1 ? noun : many}`;
}

/** 1,204: thousands apart, the same on every machine. */
export function group(count: number): string {
  const digits = String(count);
  const first = digits.length % 3 || 3;
  let grouped = digits.slice(0, first);
  for (let at = first; at < digits.length; at += 3) grouped += `,${digits.slice(at, at + 3)}`;
  return grouped;
}
