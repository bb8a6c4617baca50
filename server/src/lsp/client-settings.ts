import type { AdvisorySource } from '../core/know/advisory/advisory.ts';
import { isPreset, type Preset } from '../core/read/policy-file/presets.ts';
import { SEVERITIES, type Severity } from '../core/read/text/finding.ts';
import { DEFAULT_ADVISORY_SOURCES } from '../engine/settings.ts';

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
  readonly advisories: AdvisorySettings;
  /** Whether news of dependencies is looked for every few hours. Off unless the user turned it on. */
  readonly watch: boolean;
  /** `rules`: by rule id; anything but a severity or "off" leaves the rule as the project has it. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** Anything but a preset leaves the choice to the project. */
  readonly preset: Preset | undefined;
}

/** The section `dependencyHygiene.advisories`. */
export interface AdvisorySettings {
  readonly sources: ReadonlySet<AdvisorySource>;
  /** Whether the local database is kept fresh without being asked. Off unless the user turned it on. */
  readonly updateDatabase: boolean;
  /** An address or a path of the dump that it is made of, where the user chose another one. */
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
};

/** Reads what a client answered or sent: any JSON at all. */
export function readClientSettings(value: unknown): ClientSettings {
  if (typeof value !== 'object' || value === null) return DEFAULT_CLIENT_SETTINGS;
  const { online, inlayHints, updateHints, advisories, watch, rules, preset } = value as Partial<
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
    databaseFrom:
      typeof databaseFrom === 'string' && databaseFrom.trim() !== '' ? databaseFrom.trim() : undefined,
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
