import type { RuleOption } from '../check/rule.ts';

/** Returns the option for how long a version is reported, for rules that detect signs of a takeover. */
export function reportedDays(days: number) {
  return {
    type: 'number',
    default: days,
    stricter: 'more',
    description:
      'Number of days after its publication for which a version is reported. Takeovers are found in this time.',
  } as const satisfies RuleOption;
}
