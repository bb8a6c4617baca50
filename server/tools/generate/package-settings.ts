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

/** A package.json whose `contributes.configuration` holds one severity setting a rule; all else stays as it is. */
export function packageWithSettings(text: string, rules: readonly Rule[]): string {
  const manifest = JSON.parse(text) as { contributes?: { configuration?: Section | readonly Section[] } };
  const contributes = manifest.contributes ?? {};
  manifest.contributes = contributes;
  const sections = sectionsOf(contributes.configuration);
  const section = rulesSection(rules);
  const at = sections.findIndex(({ title }) => title === RULES_SECTION);
  contributes.configuration =
    at === -1
      ? [...sections, section]
      : sections.map((existing, index) => (index === at ? section : existing));
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
      markdownDescription: `${docs.summary} The rule's own severity: ${severity}.`,
    },
  ]);
  return { title: RULES_SECTION, properties: Object.fromEntries(properties) };
}
