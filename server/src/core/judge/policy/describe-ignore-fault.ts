import type { IgnoreFault } from './judge-ignore.ts';

export interface FaultyIgnore {
  readonly fault: IgnoreFault;
  /** What the entry refers to: `GHSA-… (minimist 0.0.8)`. */
  readonly subject: string;
  /** The tool that the entry belongs to; null for the project's configuration file. */
  readonly tool: string | null;
}

/** Describes in one sentence what is wrong with an entry, and what to do. */
export function describeFault({ fault, subject, tool }: FaultyIgnore): string {
  const entry = tool === null ? `The entry for ${subject}` : `The entry of ${tool} for ${subject}`;
  switch (fault.type) {
    case 'not-locked':
      return `${entry} accepts nothing, as no lockfile has that package. Remove it.`;
    case 'not-affected':
      return `${entry} accepts nothing, as no locked version is affected. Remove it.`;
    case 'expired':
      return `${entry} expired on ${fault.on}, so its findings are reported again. Extend it or remove it.`;
    case 'incomplete':
      return describeIncomplete(entry, fault.lacks, tool);
    case 'not-read': {
      const where = fault.into === null ? '' : ` into ${fault.into}`;
      const advice = fault.instead === null ? 'Remove it' : `Write ${fault.instead}${where}`;
      return `${entry} accepts nothing, as ${fault.why}. ${advice}.`;
    }
    case 'everything':
      return `${entry} accepts every future advisory. Name an id and a package.`;
    case 'too-long':
      return `${entry} counts until ${fault.until}, longer than the ${fault.days} days that are allowed. Set its last day to ${fault.latest} or earlier.`;
  }
}

function describeIncomplete(
  entry: string,
  lacks: readonly ('reason' | 'expires')[],
  tool: string | null,
): string {
  const what = lacks.map((key) => (key === 'reason' ? 'reason' : 'last day'));
  const missing = what.map((word) => `no ${word}`).join(' and ');
  if (tool === null)
    return `${entry} accepts nothing, as it has ${missing}. Add ${what.length > 1 ? 'both' : 'it'}.`;
  return `${entry} has ${missing}. Move it to dependency-hygiene.json, which requires both.`;
}

/** Describes what an entry refers to, from the most to the least specific. */
export function describeSubject(about: {
  readonly id: string | undefined;
  readonly package: string | undefined;
  readonly version: string | undefined;
}): string | undefined {
  const name =
    about.package === undefined ? undefined : [about.package, about.version].filter(Boolean).join(' ');
  if (about.id === undefined) return name;
  return name === undefined ? about.id : `${about.id} (${name})`;
}
