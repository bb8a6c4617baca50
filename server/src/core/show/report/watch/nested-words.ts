import { plural } from '../../../read/text/words/words.ts';

/**
 * Formats "2 nested projects with their own configuration: environment variables and credentials not used"; undefined
 * if there are none.
 */
export function describeNested(count: number): string | undefined {
  if (count === 0) return undefined;
  const whose = count === 1 ? 'its' : 'their';
  return `${plural(count, 'nested project')} with ${whose} own configuration: environment variables and credentials not used`;
}

/** Formats the step that makes it used, after a verb: "their folders by themselves to trust them". */
export function nestedStep(count: number): string {
  return count === 1 ? 'its folder by itself to trust it' : 'their folders by themselves to trust them';
}
