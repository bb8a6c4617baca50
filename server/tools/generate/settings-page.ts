import { type GeneratedFile, NOTE } from './generated-file.ts';
import { RULES_SETTING, sectionsOf } from './package-settings.ts';

interface Property {
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}

/** Returns the page of the editor's settings, from the package.json that declares them. */
export function settingsPage(packageText: string): GeneratedFile {
  const manifest = JSON.parse(packageText) as {
    contributes?: { configuration?: Parameters<typeof sectionsOf>[0] };
  };
  const sections = sectionsOf(manifest.contributes?.configuration);
  const parts = sections.map((section) => sectionPart(section.title ?? '', section.properties ?? {}));
  const intro =
    'Shared settings of a team are in [`dependency-hygiene.json`](../schema/dependency-hygiene.schema.json), which editors and\nthe command line both read. The editor settings below are for one user.';
  return {
    path: 'server/docs/settings.md',
    text: `${[NOTE, '# Settings of the editor', intro, ...parts].join('\n\n')}\n`,
  };
}

function sectionPart(title: string, properties: object): string {
  const entries = Object.entries(properties as Record<string, Property>);
  const lines = entries.map(([name, property]) => {
    const values = `default \`${JSON.stringify(property.default)}\`${property.scope === 'machine' ? ', user settings only' : ''}`;
    return `- \`${name}\` (${values}): ${property.markdownDescription ?? property.description ?? ''}`;
  });
  const rules = Object.entries(entries.find(([name]) => name === RULES_SETTING)?.[1].properties ?? {}).map(
    ([id, { description = '' }]) => `  - \`${id}\`: ${description}`,
  );
  const values = '\n\nEach rule is one of `error`, `warning`, `information`, `hint` and `off`:\n\n';
  return `## ${title}\n\n${lines.join('\n')}${rules.length === 0 ? '' : `${values}${rules.map((line) => line.trim()).join('\n')}`}`;
}
