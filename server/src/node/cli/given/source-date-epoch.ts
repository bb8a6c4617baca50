import { WrongUse } from '../exit-code.ts';

/**
 * Returns the time that reproducible builds set (reproducible-builds.org), in milliseconds since 1970;
 * undefined without one. Throws `WrongUse` if it is invalid.
 */
export function sourceDateEpoch(): number | undefined {
  const text = process.env.SOURCE_DATE_EPOCH;
  if (text === undefined || text === '') return undefined;
  // The latest time of a JavaScript date.
  if (!/^\d{1,13}$/.test(text) || Number(text) > 8_640_000_000_000)
    throw new WrongUse('SOURCE_DATE_EPOCH is not a number of seconds since 1970; correct or unset it.');
  return Number(text) * 1000;
}
