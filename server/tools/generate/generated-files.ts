import type { Rule } from '../../src/core/judge/check/rule.ts';
import type { GeneratedFile } from './generated-file.ts';
import { incidentSchema } from './incident-schema.ts';
import { inspectSchema } from './inspect-schema.ts';
import { inventorySchemas } from './inventory-schema.ts';
import { maintainersSchema } from './maintainers-schema.ts';
import { monitorSchema } from './monitor-schema.ts';
import { nativeReplacements } from './native-replacements.ts';
import { npmSettings } from './npm-settings.ts';
import { packageWithSettings } from './package-settings.ts';
import { withTextsApart, withTextsInPlace } from './package-texts.ts';
import { policyEditorSchema, policySchema } from './policy-schema.ts';
import { policyShowSchema } from './policy-show-schema.ts';
import { reportSchema } from './report-schema.ts';
import { rulePage } from './rule-page.ts';
import { rulesIndexPage } from './rules-table.ts';
import { settingsPage } from './settings-page.ts';
import { unusedSchema } from './unused-schema.ts';

/**
 * Returns every committed file that is generated: from the rules, sorted by rule id, and from npm's own definitions.
 *
 * @param packageJson the current package.json, whose settings are replaced
 * @param nls the current package.nls.json with the texts of it
 */
export function generatedFiles(
  unordered: readonly Rule[],
  packageJson: string,
  nls: string,
): readonly GeneratedFile[] {
  const rules = [...unordered].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { manifest, texts } = withTextsApart(packageWithSettings(packageJson, rules), JSON.parse(nls));
  return [
    ...rules.map(rulePage),
    rulesIndexPage(rules),
    settingsPage(withTextsInPlace(manifest, texts)),
    npmSettings(),
    nativeReplacements(),
    policySchema(rules),
    policyEditorSchema(rules),
    reportSchema(),
    policyShowSchema(),
    unusedSchema(),
    incidentSchema(),
    ...inventorySchemas(),
    maintainersSchema(),
    inspectSchema(),
    monitorSchema(),
    { path: 'package.json', text: manifest },
    { path: 'package.nls.json', text: `${JSON.stringify(texts, undefined, 2)}\n` },
  ];
}
