import type { Rule } from '../../src/core/judge/check/rule.ts';

/** The setting of all severities, which is generated; every other setting is written by hand. */
export const RULES_SETTING = 'dependencyHygiene.rules';

/** English texts of package.json by key, as package.nls.json has them. */
export type Texts = Readonly<Record<string, string>>;

const VALUES = ['error', 'warning', 'information', 'hint', 'off'];
const VALUE_DESCRIPTIONS = VALUES.map((value) => `%severity.${value}%`);
const DESCRIPTION = '%setting.rules.description%';

interface Section {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * Settings that are honored in the files of an untrusted folder, each with the reason. Any other setting can weaken a
 * rule, or decide what is requested from whom, so only the user's own counts there.
 */
export const UNRESTRICTED: ReadonlyMap<string, string> = new Map([
  ['dependencyHygiene.inlayHints', 'shows or hides what is known, and no finding'],
  ['dependencyHygiene.updateHints', 'shows or hides what is known; nothing is asked in such a folder'],
]);

/**
 * Returns a package.json with the severities of all rules as one setting, and with all settings but the harmless ones
 * as `restrictedConfigurations`; everything else is unchanged.
 *
 * @param text the current package.json, with the setting of severities in the section where it belongs
 */
export function packageWithSettings(text: string, rules: readonly Rule[]): string {
  const manifest = JSON.parse(text) as {
    capabilities?: { untrustedWorkspaces?: { restrictedConfigurations?: readonly string[] } };
    contributes?: { configuration?: Section | readonly Section[] };
  };
  const contributes = manifest.contributes ?? {};
  manifest.contributes = contributes;
  const configuration = sectionsOf(contributes.configuration).map(({ properties = {}, ...section }) => ({
    ...section,
    properties:
      RULES_SETTING in properties ? { ...properties, [RULES_SETTING]: severities(rules) } : properties,
  }));
  contributes.configuration = configuration;
  const untrusted = manifest.capabilities?.untrustedWorkspaces;
  if (untrusted !== undefined) {
    const all = configuration.flatMap(({ properties }) => Object.keys(properties));
    untrusted.restrictedConfigurations = all.filter((key) => !UNRESTRICTED.has(key));
  }
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Returns the sections of settings, whether one or several are given. */
export function sectionsOf(configuration: Section | readonly Section[] | undefined): readonly Section[] {
  if (configuration === undefined) return [];
  return Array.isArray(configuration) ? configuration : [configuration as Section];
}

function severities(rules: readonly Rule[]): object {
  const properties = rules.map(({ id, docs, severity }) => [
    id,
    {
      type: 'string',
      enum: VALUES,
      enumDescriptions: VALUE_DESCRIPTIONS,
      description: `${docs.summary} Default: ${severity}.`,
    },
  ]);
  return {
    type: 'object',
    default: {},
    scope: 'resource',
    order: 1,
    markdownDescription: DESCRIPTION,
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}
