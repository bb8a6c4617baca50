import type { Rule } from '../../src/core/rules/rule.ts';
import type { GeneratedFile } from './generated-file.ts';
import { packageWithSettings } from './package-settings.ts';
import { policyEditorSchema, policySchema } from './policy-schema.ts';
import { rulePage } from './rule-page.ts';
import { readmeWithTable, rulesIndexPage } from './rules-table.ts';
import { settingsPage } from './settings-page.ts';

/** Files that are made from the rules in part: the texts as they are now. */
export interface HandwrittenTexts {
  readonly packageJson: string;
  /** Undefined where there is none yet. */
  readonly readme: string | undefined;
}

/** Every committed file that the rules make, as it has to be; in each the rules stand in order of their ids. */
export function generatedFiles(
  unordered: readonly Rule[],
  { packageJson, readme }: HandwrittenTexts,
): readonly GeneratedFile[] {
  const rules = [...unordered].sort((a, b) => (a.id < b.id ? -1 : 1));
  const manifest = packageWithSettings(packageJson, rules);
  return [
    ...rules.map(rulePage),
    rulesIndexPage(rules),
    settingsPage(manifest),
    policySchema(rules),
    policyEditorSchema(rules),
    { path: 'package.json', text: manifest },
    ...(readme === undefined ? [] : [{ path: 'README.md', text: readmeWithTable(readme, rules) }]),
  ];
}
