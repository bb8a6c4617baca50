/**
 * Yields texts derived from one by up to three small changes each, with pieces that matter to its format; the same
 * in every run.
 */
export function* mutationsOf(whole: string, pieces: readonly string[], rounds: number): Iterable<string> {
  let seed = 20261124;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  for (let round = 0; round < rounds; round++) {
    let text = whole;
    for (let change = random(3); change >= 0; change--) {
      const at = random(text.length);
      text = text.slice(0, at) + pieces[random(pieces.length)] + text.slice(at + random(3));
    }
    yield text;
  }
}
