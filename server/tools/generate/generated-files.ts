import type { Rule } from '../../src/core/judge/check/rule.ts';
import type { GeneratedFile } from './generated-file.ts';
import { incidentSchema } from './incident-schema.ts';
import { inspectSchema } from './inspect-schema.ts';
import { maintainersSchema } from './maintainers-schema.ts';
import { nativeReplacements } from './native-replacements.ts';
import { npmSettings } from './npm-settings.ts';
import { packageWithSettings } from './package-settings.ts';
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
 */
export function generatedFiles(unordered: readonly Rule[], packageJson: string): readonly GeneratedFile[] {
  const rules = [...unordered].sort((a, b) => (a.id < b.id ? -1 : 1));
  const manifest = packageWithSettings(packageJson, rules);
  return [
    ...rules.map(rulePage),
    rulesIndexPage(rules),
    settingsPage(manifest),
    npmSettings(),
    nativeReplacements(),
    policySchema(rules),
    policyEditorSchema(rules),
    reportSchema(),
    policyShowSchema(),
    unusedSchema(),
    incidentSchema(),
    maintainersSchema(),
    inspectSchema(),
    { path: 'package.json', text: manifest },
  ];
}
