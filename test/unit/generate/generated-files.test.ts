import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { defineRule } from '../../../server/src/core/judge/check/rule.ts';
import { RULES } from '../../../server/src/core/judge/rules/index.ts';
import { generatedFiles } from '../../../server/tools/generate/generated-files.ts';
import { packageWithSettings } from '../../../server/tools/generate/package-settings.ts';
import { policyEditorSchema, policySchema } from '../../../server/tools/generate/policy-schema.ts';
import { rulePage } from '../../../server/tools/generate/rule-page.ts';
import { settingsPage } from '../../../server/tools/generate/settings-page.ts';

const root = join(import.meta.dirname, '../../..');

const RULE = defineRule({
  id: 'odd-name',
  category: 'identity',
  preset: 'security',
  severity: 'hint',
  facts: [],
  options: {
    most: { type: 'number', stricter: 'more', default: 3, description: 'How many are allowed.' },
    names: { type: 'strings', default: ['a'], description: 'Which are allowed.' },
  },
  docs: {
    summary: 'A name that is odd | strange.',
    why: 'Odd names are odd.',
    bad: '-- package.json --\n{\n  "odd": 1\n  ^^^^^ odd-name\n}\n',
    good: '-- package.json --\n{}\n-- .npmrc --\na=b\n',
  },
  check: { *manifest() {} },
  message: () => 'It is odd.',
});

function committed(path: string): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

describe('committed generated files', () => {
  const files = generatedFiles(RULES, committed('package.json') ?? '', committed('package.nls.json') ?? '{}');

  test('are current: "npm run generate" changes nothing', () => {
    const stale = files.filter(({ path, text }) => committed(path) !== text).map(({ path }) => path);
    assert.deepEqual(stale, []);
  });

  test('hold no page of a rule that is no more', () => {
    const pages = readdirSync(join(root, 'server/docs/rules')).sort();
    assert.deepEqual(pages, [...RULES.map(({ id }) => `${id}.md`), 'README.md'].sort());
  });
});

describe('rulePage', () => {
  const { path, text } = rulePage(RULE);

  test('shows the examples without marks, options and the setting', () => {
    assert.equal(path, 'server/docs/rules/odd-name.md');
    assert.match(text, /## Reported\n\n`package.json`\n\n```json\n\{\n {2}"odd": 1\n\}\n```/);
    assert.match(text, /`\.npmrc`\n\n```ini\na=b\n```/);
    assert.match(text, /- `most` \(number, default `3`\): How many are allowed\./);
    assert.match(text, /\{ "rules": \{ "odd-name": \["hint", \{ "most": 3, "names": \["a"\] \}\] \} \}/);
    assert.doesNotMatch(text, /\^\^/);
  });
});

describe('packageWithSettings', () => {
  const before = JSON.stringify({
    name: 'x',
    contributes: {
      configuration: [
        { title: 'Findings', properties: { 'dependencyHygiene.rules': { type: 'object' } } },
        { title: 'Others', properties: { 'a.b': {} } },
      ],
      commands: [],
    },
    scripts: {},
  });
  const after = packageWithSettings(before, [RULE]);
  const settingIn = (text: string) =>
    JSON.parse(text).contributes.configuration[0].properties['dependencyHygiene.rules'];

  test('lists the severities of all rules in one setting and leaves all else as it is', () => {
    const manifest = JSON.parse(after);
    assert.deepEqual(Object.keys(manifest), ['name', 'contributes', 'scripts']);
    assert.deepEqual(manifest.contributes.configuration[1], { title: 'Others', properties: { 'a.b': {} } });
    const setting = settingIn(after);
    assert.equal(setting.type, 'object');
    assert.deepEqual(setting.default, {});
    assert.deepEqual(setting.properties['odd-name'].enum, ['error', 'warning', 'information', 'hint', 'off']);
    assert.equal(
      setting.properties['odd-name'].enum.length,
      setting.properties['odd-name'].enumDescriptions.length,
    );
  });

  test('changes nothing the second time, and drops rules that are no more', () => {
    assert.equal(packageWithSettings(after, [RULE]), after);
    assert.deepEqual(settingIn(packageWithSettings(after, [])).properties, {});
  });

  test('is listed on the settings page', () => {
    assert.match(
      settingsPage(after).text,
      /## Findings[\s\S]*- `dependencyHygiene\.rules`[\s\S]*- `odd-name`: /,
    );
  });
});

describe('policySchema', () => {
  const schema = JSON.parse(policySchema([RULE]).text);

  test('knows every rule with its options', () => {
    const setting = schema.properties.rules.properties['odd-name'];
    assert.deepEqual(setting.anyOf[0], { enum: ['error', 'warning', 'information', 'hint', 'off'] });
    assert.deepEqual(setting.anyOf[1].items[1].properties, {
      most: { description: 'How many are allowed.', type: 'number', default: 3 },
      names: { description: 'Which are allowed.', type: 'array', items: { type: 'string' }, default: ['a'] },
    });
    assert.deepEqual(schema.properties.ignores.items.properties.rule.enum, ['odd-name']);
  });

  test('has every key of the configuration file and no other', () => {
    assert.deepEqual(Object.keys(schema.properties), [
      '$schema',
      'extends',
      'preset',
      'rules',
      'ignores',
      'exclude',
      'fixtures',
      'privateScopes',
      'internalNames',
      'mirrors',
      'allowedHosts',
      'allowNames',
      'deny',
      'allow',
      'approvals',
      'requireApproval',
      'controls',
      'incident',
      'watch',
      'overrides',
    ]);
    assert.equal(schema.additionalProperties, false);
  });
});

describe('policyEditorSchema', () => {
  const text = policyEditorSchema([RULE]).text;

  test('reports nothing by itself: the rule policy-file-invalid does, with a fix', () => {
    assert.doesNotMatch(
      text,
      /"(?:additionalProperties|required|pattern|minLength|minItems|maxItems|uniqueItems)"/,
    );
    // Each shape of a value must have an alternative that allows any other.
    const check = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const keys = Object.keys(schema);
      const isShape = path.endsWith('.anyOf.0') || path.endsWith('.properties');
      if (!isShape) assert.ok(!keys.includes('type') && !keys.includes('enum'), path);
      for (const [key, value] of Object.entries(schema)) check(value, `${path}.${key}`);
    };
    const { properties } = JSON.parse(text).anyOf[0];
    for (const [name, schema] of Object.entries(properties)) check(schema, name);
  });

  test('still completes rules and severities', () => {
    const { rules } = JSON.parse(text).anyOf[0].properties;
    assert.ok('odd-name' in rules.anyOf[0].properties);
    assert.match(text, /"enum": \[\s*"error",\s*"warning"/);
  });
});
