import type { RuleOption } from '../check/rule.ts';

/** The option that says how long a version is reported, for rules that look for signs of a takeover. */
export function reportedDays(days: number) {
  return {
    type: 'number',
    default: days,
    stricter: 'more',
    description:
      'Number of days after its publication for which a version is reported. Takeovers are found in this time.',
  } as const satisfies RuleOption;
}
