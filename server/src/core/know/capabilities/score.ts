import { type Capability, SIGNS, type Sign } from './capability.ts';

/** The score from which code is suspicious. */
export const SUSPICIOUS = 6;
/** Signs below this weight are ordinary in large packages, and decide nothing among themselves. */
const DECISIVE = 3;

export interface Score {
  readonly score: number;
  readonly isSuspicious: boolean;
}

/** Adds the weights of signs. No verdict comes from one capability alone, nor from weak signs alone. */
export function scoreSigns(signs: Iterable<Sign>): Score {
  const capabilities = new Set<Capability>();
  let score = 0;
  let isDecisive = false;
  for (const sign of new Set(signs)) {
    const { weight, takes } = SIGNS[sign];
    score += weight;
    isDecisive ||= weight >= DECISIVE;
    for (const capability of takes) capabilities.add(capability);
  }
  return { score, isSuspicious: score >= SUSPICIOUS && isDecisive && capabilities.size > 1 };
}
