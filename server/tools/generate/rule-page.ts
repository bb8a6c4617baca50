import type { Rule, RuleOption } from '../../src/core/judge/check/rule.ts';
import {
  advisoryLines,
  exampleFiles,
  registryLines,
} from '../../src/core/show/report/explain/rule-example.ts';
import { type GeneratedFile, NOTE } from './generated-file.ts';

/** Returns the documentation page of one rule. */
export function rulePage(rule: Rule): GeneratedFile {
  const { id, category, preset, severity, docs } = rule;
  const sections = [
    NOTE,
    `# \`${id}\``,
    docs.summary,
    `Default severity: ${severity}. Category: ${category}. Preset: ${preset}. Checks: ${checkedFiles(rule)}.${factsNote(rule)}`,
    `## Why\n\n${docs.why.trim()}`,
    `## Reported\n\n${example(docs.bad)}`,
    `## Not reported\n\n${example(docs.good)}`,
    saidByRegistry(rule),
    saidByAdvisories(rule),
    options(rule),
    `## Configuration\n\n${setting(rule)}`,
  ];
  return {
    path: `server/docs/rules/${id}.md`,
    text: `${sections.filter((part) => part !== '').join('\n\n')}\n`,
  };
}

/** Describes the kinds of files that a rule checks. */
function checkedFiles({ check }: Rule): string {
  const names: string[] = [];
  if (check.manifest !== undefined) names.push('`package.json`');
  if (check.lockfile !== undefined) names.push('lockfiles');
  if (check.npmrc !== undefined) names.push('`.npmrc`');
  if (check.pnpmWorkspace !== undefined) names.push('`pnpm-workspace.yaml`');
  if (check.yarnrc !== undefined) names.push('`.yarnrc.yml`');
  if (check.bunfig !== undefined) names.push('`bunfig.toml`');
  if (check.auditIgnores !== undefined)
    names.push('`audit-resolve.json`', '`.nsprc`', '`audit-ci.json`', '`osv-scanner.toml`');
  if (check.automation !== undefined)
    names.push(
      'workflows of GitHub',
      'pipelines of GitLab, CircleCI and Azure',
      'Dockerfiles',
      'compose files',
      '`.vscode/tasks.json`',
      'agent hooks',
    );
  if (check.policy !== undefined) names.push('`dependency-hygiene.json`');
  if (check.sbom !== undefined) names.push('bills of materials');
  return names.join(', ');
}

function factsNote({ facts, docs }: Rule): string {
  if (facts.length === 0) return ' Works offline.';
  return docs.registry === undefined
    ? ' Works offline. Registry access makes it more precise.'
    : ' Needs registry access.';
}

function saidByRegistry({ docs }: Rule): string {
  if (docs.registry === undefined) return '';
  const lines = registryLines(docs.registry).join('\n');
  return `## Registry metadata in these examples\n\n\`\`\`\n${lines}\n\`\`\``;
}

function saidByAdvisories({ docs }: Rule): string {
  if (docs.advisories === undefined) return '';
  const lines = advisoryLines(docs.advisories).join('\n');
  return `## Advisories in these examples\n\nIn OSV format:\n\n\`\`\`json\n${lines}\n\`\`\``;
}

function example(text: string): string {
  return exampleFiles(text)
    .map(({ path, text: content }) => `\`${path}\`\n\n\`\`\`${languageOf(path)}\n${content}\n\`\`\``)
    .join('\n\n');
}

function languageOf(path: string): string {
  if (path.endsWith('dependency-hygiene.json')) return 'jsonc';
  if (path.endsWith('.json')) return 'json';
  return path.endsWith('.npmrc') ? 'ini' : '';
}

function options(rule: Rule): string {
  const entries = Object.entries(rule.options);
  if (entries.length === 0) return '';
  return `## Options\n\n${entries.map(([name, option]) => optionLine(name, option)).join('\n')}`;
}

function optionLine(name: string, option: RuleOption): string {
  return `- \`${name}\` (${typeInWords(option)}, default \`${JSON.stringify(option.default)}\`): ${option.description}`;
}

function typeInWords(option: RuleOption): string {
  if (option.type === 'choice') return option.values.map((value) => `\`"${value}"\``).join(', ');
  return option.type === 'strings' ? 'list of strings' : option.type;
}

function setting(rule: Rule): string {
  const { id, severity } = rule;
  const names = Object.entries(rule.options).map(
    ([name, option]) => `${JSON.stringify(name)}: ${JSON.stringify(option.default)}`,
  );
  const value = names.length === 0 ? '"off"' : `["${severity}", { ${names.join(', ')} }]`;
  const file = `\`\`\`jsonc\n// dependency-hygiene.json\n{ "rules": { "${id}": ${value} } }\n\`\`\``;
  return `${file}\n\nFor yourself, in the editor: \`"dependencyHygiene.rules": { "${id}": "off" }\` in the settings.`;
}
