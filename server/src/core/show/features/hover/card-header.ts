import type { Packument } from '../../../know/registry/documents/packument.ts';
import { formatAge } from '../../../read/text/words/dates.ts';
import type { HoverFacts, LockedFacts } from './hover-facts.ts';

/** Returns the texts after the name: the locked, declared and latest version, as far as they are known. */
export function cardHeader(facts: HoverFacts, packument: Packument | undefined): readonly string[] {
  const { name, target, locked, declared, means, kinds, source } = facts;
  const parts: string[] = [];
  if (target !== name) parts.push(`an alias of ${target}`);
  const version = describeLocked(locked);
  if (version !== undefined) parts.push(version);
  if (declared !== undefined) parts.push(`declares ${declared === '' ? '""' : declared}`);
  if (means !== undefined) parts.push(`means ${means.declared} (${means.because})`);
  parts.push(...kinds);
  const latest = source.type === 'registry' ? describeLatest(facts, packument) : undefined;
  if (latest !== undefined) parts.push(latest);
  return parts;
}

function describeLocked(locked: LockedFacts): string | undefined {
  switch (locked.type) {
    case 'version':
      return `${locked.version} locked`;
    case 'member':
      return `a member of the workspace${locked.version === undefined ? '' : `, ${locked.version}`}`;
    case 'linked':
      return 'linked';
    case 'not-locked':
      return 'not in the lockfile';
    case 'no-lockfile':
      return 'no lockfile';
    case 'unread-lockfile':
      return undefined;
  }
}

/** Adds the age if it is not the version that the rest of the card covers. */
function describeLatest({ locked, now }: HoverFacts, packument: Packument | undefined): string | undefined {
  const latest = packument?.distTags.get('latest');
  if (packument === undefined || latest === undefined) return undefined;
  const time = packument.times.get(latest);
  const isOther = locked.type === 'version' && locked.version !== latest;
  return time === undefined || !isOther ? `latest ${latest}` : `latest ${latest} (${formatAge(time, now)})`;
}
