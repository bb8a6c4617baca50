import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Schema, Validator } from '@cfworker/json-schema';
import { makeProject, runCli } from './run-cli.ts';

const FILE = 'dependency-hygiene.json';
const MANIFEST = { 'package.json': { name: 'shop', private: true } };

describe('policy init', () => {
  test('prints a start, writes it on request, and has nothing to do afterwards', () => {
    const directory = makeProject(MANIFEST);
    const printed = runCli(['policy', 'init', directory]);
    assert.equal(printed.code, 1);
    assert.match(printed.out, /^\+ {2}"deny": \[$/m);
    assert.ok(!existsSync(join(directory, FILE)));
    assert.equal(runCli(['policy', 'init', directory, '--write']).code, 0);
    assert.match(readFileSync(join(directory, FILE), 'utf8'), /"requireApproval"/);
    assert.equal(runCli(['policy', 'init', directory]).code, 0);
    const lint = runCli(['policy', 'lint', directory]);
    assert.deepEqual([lint.code, lint.out], [0, `${FILE} has no faults.\n`]);
  });
});

describe('policy show', () => {
  const OWN = `{
  "rules": { "insecure-url": "off" },
  "deny": [{ "license": "*", "reason": "x" }],
  "allow": [{ "license": "MIT", "reason": "x" }],
  "controls": { "cooldownDays": 3 },
  "internalNames": ["tool"]
}
`;
  const ORGANISATION = `{
  "rules": { "insecure-url": "error" },
  "deny": [{ "name": "request", "reason": "x" }],
  "controls": { "cooldownDays": 5 }
}
`;

  test('each line with its origin, and what the organisation does not permit', () => {
    const directory = makeProject({ ...MANIFEST, [FILE]: OWN, 'organisation.json': ORGANISATION });
    const { code, out } = runCli([
      'policy',
      'show',
      directory,
      '--policy',
      join(directory, 'organisation.json'),
    ]);
    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/ {2,}/g, '  ')),
      [
        'preset  recommended  (default)',
        'rules.insecure-url  error  (organisation.json:2)',
        'internalNames  tool  (dependency-hygiene.json:6)',
        'deny  request  (organisation.json:3)',
        'deny  license *, except license MIT  (dependency-hygiene.json:3)',
        'controls.cooldownDays  5  (organisation.json:4)',
        '',
        'Without effect, as the organization does not permit it:',
        '  rules.insecure-url: off',
        '  controls.cooldownDays: 3',
      ],
    );
  });

  test('each with its line, and neither unknown rules nor expired entries as if they had effect', () => {
    const text = `{
  "preset": "all",
  "rules": { "insecure-urls": "off" },
  "privateScopes": [
    "@a",
    { "scope": "@b", "registry": "https://npm.example.test/" }
  ],
  "requireApproval": { "installScripts": true },
  "incident": {
    "contacts": ["sec"]
  },
  "ignores": [{ "rule": "insecure-url", "reason": "x", "expires": "2020-01-01" }]
}
`;
    const { code, out } = runCli(['policy', 'show', makeProject({ ...MANIFEST, [FILE]: text })]);
    assert.equal(code, 2);
    const [entries = ''] = out.split('\n\n');
    assert.deepEqual(
      entries.split('\n').map((line) => line.replace(/ {2,}/g, '  ')),
      [
        'preset  all  (dependency-hygiene.json:2)',
        'ignores  insecure-url until 2020-01-01 (without effect)  (dependency-hygiene.json:12)',
        'privateScopes  @a  (dependency-hygiene.json:5)',
        'privateScopes  @b from https://npm.example.test/  (dependency-hygiene.json:6)',
        'requireApproval.installScripts  true  (dependency-hygiene.json:8)',
        'incident.contacts  sec  (dependency-hygiene.json:10)',
      ],
    );
  });

  test('without a file, says so and what applies', () => {
    const { code, out } = runCli(['policy', 'show', makeProject(MANIFEST)]);
    assert.equal(code, 0);
    assert.equal(
      out,
      'The project has no dependency-hygiene.json. What applies:\n\npreset  recommended  (default)\n',
    );
  });

  test('for programs', () => {
    const directory = makeProject({ ...MANIFEST, [FILE]: OWN });
    const { out } = runCli(['policy', 'show', directory, '--format', 'json']);
    const { version, policy, overruled } = JSON.parse(out);
    const schema = readFileSync(
      join(import.meta.dirname, '../../server/schema/policy-show.schema.json'),
      'utf8',
    );
    const validator = new Validator(JSON.parse(schema) as Schema, '7', false);
    assert.deepEqual(validator.validate(JSON.parse(out)).errors, []);
    assert.equal(validator.validate({ version, policy: [{}], overruled }).valid, false);
    assert.deepEqual([version, overruled], [1, []]);
    assert.deepEqual(policy[1], {
      ...{ key: 'rules.insecure-url', value: 'off', origin: 'file', path: FILE, line: 2 },
    });
  });
});

test('policy show names what it cannot read, with exit code 2', () => {
  const directory = makeProject({ ...MANIFEST, [FILE]: '{\n  "extends": ["./gone.json"]\n}\n' });
  const { code, out } = runCli(['policy', 'show', directory]);
  assert.equal(code, 2);
  assert.match(out, /^Invalid, so that the policy above is not whole:$/m);
  assert.match(out, /^ {2}dependency-hygiene\.json:2: .*does not exist/m);
  const json = JSON.parse(runCli(['policy', 'show', directory, '--json']).out);
  assert.deepEqual([json.problems.length, json.problems[0].path, json.problems[0].line], [1, FILE, 2]);
});

describe('policy lint', () => {
  test('lists faults with their place', () => {
    const directory = makeProject({ ...MANIFEST, [FILE]: '{ "deny": [{ "reason": "x" }], "rulez": {} }\n' });
    const { code, out } = runCli(['policy', 'lint', directory]);
    assert.equal(code, 1);
    assert.match(out, /^dependency-hygiene\.json:1:12: An entry of "deny" needs /m);
    assert.match(out, /^dependency-hygiene\.json:1:\d+: Unknown key "rulez"/m);
  });

  test('without a policy it is a usage error', () => {
    const { code, error } = runCli(['policy', 'lint', makeProject(MANIFEST)]);
    assert.equal(code, 2);
    assert.match(error, /run "dephygiene policy init"/);
  });
});
