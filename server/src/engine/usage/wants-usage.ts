import type { Rule } from '../../core/judge/check/rule.ts';
import { isEnabled, setSeverity } from '../../core/judge/rules/run.ts';
import { DEFAULT_PRESET } from '../../core/read/policy-file/presets.ts';
import type { Snapshot } from '../session.ts';
import { type EngineSettings, ruleSettingsAt } from '../settings.ts';

/** Checks whether a rule that reads what sources use is enabled in any project. */
export function wantsUsage(
  rules: readonly Rule[],
  { projects }: Snapshot,
  settings: EngineSettings,
): boolean {
  const reading = rules.filter(({ readsUsage }) => readsUsage);
  return projects.some(({ project: { policy, root } }) => {
    const { severities, preset } = ruleSettingsAt(settings, root);
    return reading.some((rule) =>
      isEnabled(rule, setSeverity(rule, severities, policy), preset ?? policy.preset ?? DEFAULT_PRESET),
    );
  });
}
