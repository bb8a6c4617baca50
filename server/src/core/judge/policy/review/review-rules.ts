import type { Policy, RuleSetting } from '../../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';
import {
  DEFAULT_PRESET,
  includesPreset,
  type Preset,
  stricterPreset,
} from '../../../read/policy-file/presets.ts';
import { SEVERITIES } from '../../../read/text/finding.ts';
import { isOptionValue } from '../../check/option-value.ts';
import type { Rule, RuleOption } from '../../check/rule.ts';
import { isGuarding } from './loosening.ts';

export interface ReviewedRules {
  readonly rules: Policy['rules'];
  readonly loosenings: readonly PolicyLoosening[];
}

/**
 * Returns the combined rule settings of two policies. Rules that guard what is installed take the stricter severity and
 * options of both, others those of the second.
 *
 * @param isLocked for which rules that holds
 */
export function reviewRules(
  before: Policy,
  after: Policy,
  rules: readonly Rule[],
  isLocked: (rule: Rule) => boolean = isGuarding,
): ReviewedRules {
  const preset = stricterPreset(before.preset ?? DEFAULT_PRESET, after.preset ?? DEFAULT_PRESET);
  const next = new Map(after.rules);
  const loosenings: PolicyLoosening[] = [];
  for (const rule of rules) {
    if (!isLocked(rule)) continue;
    const [old, now] = [before.rules.get(rule.id), after.rules.get(rule.id)];
    if (old === undefined && now === undefined) continue;
    const severity = stricterSeverity(rule, old, now, preset);
    const options = reviewOptions(rule, old, now);
    const add = (of: Pick<PolicyLoosening, 'key' | 'value' | 'before' | 'span'>) =>
      loosenings.push({
        ...of,
        severity: rule.preset === 'security' ? 'warning' : 'information',
        counts: false,
      });
    // Setting a rule to its own severity lowers that of its most severe findings, which is hardly ever intended.
    if (Math.floor(strength(rule, now, preset)) < Math.floor(strength(rule, old, preset)))
      add({ key: `rules.${rule.id}`, value: wordOf(now), before: wordOf(old), span: now?.span });
    for (const { name, value, before: was } of options.lost)
      add({
        key: `rules.${rule.id}.${name}`,
        value,
        before: was,
        span: now?.optionSpans.get(name)?.key ?? now?.span,
      });
    if (severity === now?.severity && options.lost.length === 0) continue;
    const setting = now ?? old!;
    next.set(rule.id, { ...setting, severity, options: options.values });
  }
  return loosenings.length === 0 && isSame(next, after.rules)
    ? { rules: after.rules, loosenings }
    : { rules: next, loosenings };
}

function isSame(a: Policy['rules'], b: Policy['rules']): boolean {
  return a.size === b.size && [...a].every(([id, setting]) => b.get(id) === setting);
}

function wordOf(setting: RuleSetting | undefined): string {
  return setting?.severity ?? 'not set';
}

function stricterSeverity(
  rule: Rule,
  old: RuleSetting | undefined,
  now: RuleSetting | undefined,
  preset: Preset,
): RuleSetting['severity'] {
  return strength(rule, now, preset) < strength(rule, old, preset) ? old?.severity : now?.severity;
}

/**
 * Returns how much a rule reports. Without a configured severity its most severe findings keep theirs, so this is more
 * than configuring its default.
 */
function strength(rule: Rule, setting: RuleSetting | undefined, preset: Preset): number {
  const severity = setting?.severity;
  if (severity === 'off') return 0;
  if (severity !== undefined) return rank(severity) + (severity === 'error' ? 1 : 0);
  return includesPreset(preset, rule.preset) ? rank(rule.severity) + 0.5 : 0;
}

function rank(severity: Rule['severity']): number {
  return SEVERITIES.length - SEVERITIES.indexOf(severity);
}

interface ReviewedOptions {
  readonly values: RuleSetting['options'];
  readonly lost: readonly {
    readonly name: string;
    readonly value: string;
    readonly before: string | undefined;
  }[];
}

function reviewOptions(
  rule: Rule,
  old: RuleSetting | undefined,
  now: RuleSetting | undefined,
): ReviewedOptions {
  const values: Record<string, unknown> = { ...now?.options };
  const lost: { name: string; value: string; before: string | undefined }[] = [];
  for (const [name, option] of Object.entries(rule.options)) {
    const [was, is] = [old?.options[name], now?.options[name]];
    const added = option.type === 'strings' ? textsOf(is).filter((text) => !textsOf(was).includes(text)) : [];
    if (option.type === 'strings') {
      if (added.length === 0) continue;
      values[name] = textsOf(is).filter((text) => !added.includes(text));
      lost.push({ name, value: added.join(', '), before: undefined });
    } else if (isLooser(option, was ?? option.default, is ?? option.default)) {
      if (was === undefined) delete values[name];
      else values[name] = was;
      lost.push({ name, value: String(is ?? option.default), before: String(was ?? option.default) });
    }
  }
  return { values, lost };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Treats a value of the wrong type as the default, the loosest value that needs no setting. */
function isLooser(option: Exclude<RuleOption, { type: 'strings' }>, was: unknown, is: unknown): boolean {
  if (option.type === 'boolean') return was === option.stricter && is !== was;
  if (option.type === 'choice') {
    const rankOf = (value: unknown) =>
      option.values.indexOf(isOptionValue(option, value) ? String(value) : option.default);
    return rankOf(is) < rankOf(was);
  }
  const [old, now] = [was, is].map((value) => (typeof value === 'number' ? value : option.default));
  return option.stricter === 'more' ? now! < old! : now! > old!;
}
