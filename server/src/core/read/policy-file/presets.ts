/**
 * Sets of rules, each including the previous one. A rule names the first that it belongs to, in its own file. A
 * severity that the user or the project sets for a rule enables it in any of them.
 */
export const PRESETS = {
  security:
    'Only security risks: deceptive names, malware, known vulnerabilities, foreign sources, altered lockfiles, install scripts.',
  recommended:
    'Security risks, and rules that keep installs reproducible: ranges, specifiers, overrides, missing and stale lockfiles.',
  all: 'Every rule, newer versions included.',
} as const;

export type Preset = keyof typeof PRESETS;

export const DEFAULT_PRESET: Preset = 'recommended';

const ORDER = Object.keys(PRESETS) as readonly Preset[];

export function isPreset(value: unknown): value is Preset {
  return ORDER.some((preset) => preset === value);
}

/** Returns the one of two presets with more rules. */
export function stricterPreset(a: Preset, b: Preset): Preset {
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}

/** Checks whether a preset includes the rules that name another one. */
export function includesPreset(preset: Preset, ofRule: Preset): boolean {
  return ORDER.indexOf(ofRule) <= ORDER.indexOf(preset);
}
