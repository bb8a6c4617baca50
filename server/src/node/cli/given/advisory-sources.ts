import type { AdvisorySource } from '../../../core/know/advisory/advisory.ts';
import { DEFAULT_ADVISORY_SOURCES } from '../../../engine/settings.ts';
import { type Arguments, oneOf } from './arguments.ts';

const ADVISORY_SOURCES = ['bundled', 'database', 'registry', 'osv'] as const;

/** Parses `--advisories`, a comma-separated list. */
export function advisorySourcesOf(given: Arguments): ReadonlySet<AdvisorySource> {
  const typed = given.text('advisories');
  if (typed === undefined) return DEFAULT_ADVISORY_SOURCES;
  const words = typed.split(',').map((word) => word.trim());
  return new Set(words.map((word) => oneOf('--advisories', word, ADVISORY_SOURCES)));
}
