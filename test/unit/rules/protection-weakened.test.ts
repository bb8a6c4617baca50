import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { protectionWeakened } from '../../../server/src/core/rules/protection-weakened.ts';
import { expectMarks, openWorkspace } from '../../workspace.ts';

const RULE = 'protection-weakened';

async function said(file: string, text: string, manager = 'pnpm@10.20.0'): Promise<string[]> {
  const source = `-- package.json --\n{ "packageManager": "${manager}" }\n-- ${file} --\n${text}\n`;
  return (await openWorkspace(source))
    .findings(RULE)
    .map(({ severity, message }) => `${severity}: ${message}`);
}

describe(RULE, () => {
  test('reports the example', () => expectMarks(protectionWeakened.docs.bad, { rules: [RULE] }));

  test('is silent on the mended example', () => expectMarks(protectionWeakened.docs.good, { rules: [RULE] }));

  test('is silent on half a file', () =>
    expectMarks('-- package.json --\n{ "dependencies": { "to-be', { rules: [RULE] }));

  const reported: readonly (readonly [file: string, text: string, expected: RegExp, manager?: string])[] = [
    [
      '.yarnrc.yml',
      'checksumBehavior: ignore',
      /^error: "checksumBehavior: ignore" weakens verification: /,
      'yarn@4.5.0',
    ],
    ['.yarnrc.yml', 'checksumBehavior: update', /^warning: "checksumBehavior: update" weakens/, 'yarn@4.5.0'],
    ['.yarnrc.yml', 'unsafeHttpWhitelist:\n  - "*"', /^warning: "unsafeHttpWhitelist: \*"/, 'yarn@4.5.0'],
    [
      '.yarnrc',
      '--install.skip-integrity-check true',
      /^warning: "--install.skip-integrity-check: true"/,
      'yarn@1.22.22',
    ],
    ['pnpm-workspace.yaml', 'trustLockfile: true', /^warning: "trustLockfile: true"/],
    ['pnpm-workspace.yaml', 'verifyStoreIntegrity: false', /^warning: "verifyStoreIntegrity: false"/],
    ['pnpm-workspace.yaml', 'configDependencies:\n  evil: 1.0.0', /^warning: "configDependencies: evil"/],
    ['.npmrc', 'verify-store-integrity=false', /^warning: "verify-store-integrity=false"/],
  ];
  for (const [file, text, expected, manager] of reported) {
    test(`${file}: ${text}`, async () => {
      const findings = await said(file, text, manager);
      assert.equal(findings.length, 1);
      assert.match(findings[0]!, expected);
    });
  }

  const silent: readonly (readonly [file: string, text: string, manager?: string])[] = [
    [
      '.yarnrc.yml',
      'checksumBehavior: throw\nenableHardenedMode: false\nunsafeHttpWhitelist: [npm.acme.test]',
      'yarn@4.5.0',
    ],
    ['.yarnrc.yml', 'npmRegistryServer: https://npm.acme.test/', 'yarn@4.5.0'],
    ['pnpm-workspace.yaml', 'trustLockfile: false\nverifyStoreIntegrity: true'],
    ['pnpm-workspace.yaml', `configDependencies:\n  own: 1.0.0+sha512-${'A'.repeat(86)}==`],
    ['.npmrc', 'registry=https://npm.acme.test/\nverify-store-integrity=true'],
    ['.npmrc', 'verify-store-integrity=false', 'npm@11.0.0'],
  ];
  for (const [file, text, manager] of silent) {
    test(`silent: ${file}: ${text}`, async () => assert.deepEqual(await said(file, text, manager), []));
  }
});
