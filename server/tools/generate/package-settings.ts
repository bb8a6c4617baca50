import type { Rule } from '../../src/core/rules/rule.ts';

/** The title of the section of settings that is generated; every other section is written by hand. */
export const RULES_SECTION = 'Rules';

const VALUES = ['default', 'error', 'warning', 'information', 'hint', 'off'];
const VALUE_DESCRIPTIONS = [
  'As the project has it in dependency-hygiene.json, else as the rule itself has it.',
  'Shown as an error.',
  'Shown as a warning.',
  'Shown as information.',
  'Shown as a hint.',
  'Not shown in this editor.',
];

interface Section {
  readonly title?: string;
  readonly properties?: object;
}

/**
 * Settings that the files of a folder that is not trusted may give, each with the reason. Any other setting can weaken a
 * rule, or say what is asked of whom, and counts from the user alone there.
 */
export const UNRESTRICTED: ReadonlyMap<string, string> = new Map([
  ['dependencyHygiene.inlayHints', 'shows or hides what is known, and no finding'],
  ['dependencyHygiene.updateHints', 'shows or hides what is known; nothing is asked in such a folder'],
]);

/**
 * A package.json whose `contributes.configuration` holds one severity setting a rule, and whose `restrictedConfigurations`
 * are all settings but the harmless ones; all else stays as it is.
 */
export function packageWithSettings(text: string, rules: readonly Rule[]): string {
  const manifest = JSON.parse(text) as {
    capabilities?: { untrustedWorkspaces?: { restrictedConfigurations?: readonly string[] } };
    contributes?: { configuration?: Section | readonly Section[] };
  };
  const contributes = manifest.contributes ?? {};
  manifest.contributes = contributes;
  const sections = sectionsOf(contributes.configuration);
  const section = rulesSection(rules);
  const at = sections.findIndex(({ title }) => title === RULES_SECTION);
  const configuration =
    at === -1
      ? [...sections, section]
      : sections.map((existing, index) => (index === at ? section : existing));
  contributes.configuration = configuration;
  const untrusted = manifest.capabilities?.untrustedWorkspaces;
  if (untrusted !== undefined) {
    const all = configuration.flatMap(({ properties }) => Object.keys(properties ?? {}));
    untrusted.restrictedConfigurations = all.filter((key) => !UNRESTRICTED.has(key));
  }
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** The sections of settings, whether one or several are given. */
export function sectionsOf(configuration: Section | readonly Section[] | undefined): readonly Section[] {
  if (configuration === undefined) return [];
  return Array.isArray(configuration) ? configuration : [configuration as Section];
}

function rulesSection(rules: readonly Rule[]): Section {
  const properties = rules.map(({ id, docs, severity }) => [
    `dependencyHygiene.rules.${id}`,
    {
      type: 'string',
      enum: VALUES,
      enumDescriptions: VALUE_DESCRIPTIONS,
      default: 'default',
      scope: 'resource',
      markdownDescription: `${docs.summary} Default: ${severity}.`,
    },
  ]);
  return { title: RULES_SECTION, properties: Object.fromEntries(properties) };
}
