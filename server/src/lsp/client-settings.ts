import type { AdvisorySource } from '../core/know/advisory/advisory.ts';
import { isPreset, type Preset } from '../core/read/policy-file/presets.ts';
import { SEVERITIES, type Severity } from '../core/read/text/finding.ts';
import { DEFAULT_ADVISORY_SOURCES } from '../engine/settings.ts';

export type UpdateHintStyle = (typeof UPDATE_HINT_STYLES)[number];

const UPDATE_HINT_STYLES = ['inlayHints', 'codeLens', 'off'] as const;

/** The client's section `dependencyHygiene`, as far as it is valid. */
export interface ClientSettings {
  /** Whether registries may be queried; effective in trusted folders only. On by default. */
  readonly online: boolean;
  /** Whether locked versions are shown behind ranges. On by default. */
  readonly inlayHints: boolean;
  /** How newer versions are shown behind or above ranges. As inlay hints by default. */
  readonly updateHints: UpdateHintStyle;
  readonly advisories: AdvisorySettings;
  /** Whether dependencies are checked for news every few hours. Off by default. */
  readonly watch: boolean;
  /** `rules`: by rule id; anything but a severity or "off" leaves the rule to the project. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** Anything but a preset leaves the choice to the project. */
  readonly preset: Preset | undefined;
  /** The path of the locked policy of the user's organisation, as typed. */
  readonly policy: string | undefined;
}

/** The section `dependencyHygiene.advisories`. */
export interface AdvisorySettings {
  readonly sources: ReadonlySet<AdvisorySource>;
  /** Whether the local database is updated automatically. Off by default. */
  readonly updateDatabase: boolean;
  /** The URL or path of another dump, if the user chose one. */
  readonly databaseFrom: string | undefined;
}

const ADVISORY_SOURCES: readonly AdvisorySource[] = ['bundled', 'database', 'registry', 'osv'];

const DEFAULT_ADVISORY_SETTINGS: AdvisorySettings = {
  sources: DEFAULT_ADVISORY_SOURCES,
  updateDatabase: false,
  databaseFrom: undefined,
};

export const DEFAULT_CLIENT_SETTINGS: ClientSettings = {
  online: true,
  inlayHints: true,
  updateHints: 'inlayHints',
  advisories: DEFAULT_ADVISORY_SETTINGS,
  watch: false,
  severities: new Map(),
  preset: undefined,
  policy: undefined,
};

/** Reads what a client returned or sent, which may be any JSON. */
export function readClientSettings(value: unknown): ClientSettings {
  if (typeof value !== 'object' || value === null) return DEFAULT_CLIENT_SETTINGS;
  const { online, inlayHints, updateHints, advisories, watch, rules, preset, policy } = value as Partial<
    Record<string, unknown>
  >;
  return {
    online: online !== false,
    inlayHints: inlayHints !== false,
    updateHints: UPDATE_HINT_STYLES.find((style) => style === updateHints) ?? 'inlayHints',
    advisories: readAdvisorySettings(advisories),
    watch: watch === true,
    severities: readSeverities(rules),
    preset: isPreset(preset) ? preset : undefined,
    policy: typedText(policy),
  };
}

function readAdvisorySettings(value: unknown): AdvisorySettings {
  if (typeof value !== 'object' || value === null) return DEFAULT_ADVISORY_SETTINGS;
  const { sources, updateDatabase, databaseFrom } = value as Partial<Record<string, unknown>>;
  return {
    sources: Array.isArray(sources)
      ? new Set(ADVISORY_SOURCES.filter((source) => sources.includes(source)))
      : DEFAULT_ADVISORY_SOURCES,
    updateDatabase: updateDatabase === true,
    databaseFrom: typedText(databaseFrom),
  };
}

function typedText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
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
