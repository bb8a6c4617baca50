import { SEVERITIES, type Severity } from '../core/finding.ts';

export type UpdateHintStyle = (typeof UPDATE_HINT_STYLES)[number];

const UPDATE_HINT_STYLES = ['inlayHints', 'codeLens', 'off'] as const;

/** The client's section `dependencyHygiene`, as far as it makes sense. */
export interface ClientSettings {
  /** Whether registries may be asked; counts only in trusted folders. On unless the user turned it off. */
  readonly online: boolean;
  /** Whether locked versions are shown behind ranges. On unless the user turned it off. */
  readonly inlayHints: boolean;
  /** How newer versions are shown behind or above ranges. As inlay hints unless the user chose otherwise. */
  readonly updateHints: UpdateHintStyle;
  /** `rules`: by rule id; anything but a severity or "off" leaves the rule as the project has it. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
}

export const DEFAULT_CLIENT_SETTINGS: ClientSettings = {
  online: true,
  inlayHints: true,
  updateHints: 'inlayHints',
  severities: new Map(),
};

/** Reads what a client answered or sent: any JSON at all. */
export function readClientSettings(value: unknown): ClientSettings {
  if (typeof value !== 'object' || value === null) return DEFAULT_CLIENT_SETTINGS;
  const { online, inlayHints, updateHints, rules } = value as Partial<Record<string, unknown>>;
  return {
    online: online !== false,
    inlayHints: inlayHints !== false,
    updateHints: UPDATE_HINT_STYLES.find((style) => style === updateHints) ?? 'inlayHints',
    severities: readSeverities(rules),
  };
}

function readSeverities(rules: unknown): ReadonlyMap<string, Severity | 'off'> {
  const severities = new Map<string, Severity | 'off'>();
  if (typeof rules !== 'object' || rules === null) return severities;
  for (const [id, setting] of Object.entries(rules)) {
    if (isSeverity(setting)) severities.set(id, setting);
  }
  return severities;
}

function isSeverity(value: unknown): value is Severity | 'off' {
  return value === 'off' || SEVERITIES.some((severity) => severity === value);
}
