import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { protectionWeakened } from '../../../../server/src/core/judge/rules/protection-weakened.ts';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

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
    ['.npmrc', 'audit=false', /^information: "audit=false" turns off/, 'npm@11.19.1'],
    ['.npmrc', 'allow-git=all', /^warning: "allow-git=all" weakens/, 'npm@12.2.0'],
    ['.npmrc', 'legacy-peer-deps=true', /^hint: "legacy-peer-deps=true" turns off/, 'npm@11.19.1'],
    ['pnpm-workspace.yaml', "trustPolicyExclude: ['*']", /^warning: "trustPolicyExclude: \*"/],
    ['pnpm-workspace.yaml', 'minimumReleaseAgeStrict: false', /^warning: "minimumReleaseAgeStrict: false"/],
    ['pnpm-workspace.yaml', 'minimumReleaseAge: 0', /^information: "minimumReleaseAge: 0"/, 'pnpm@11.4.0'],
    ['.yarnrc.yml', 'enableImmutableInstalls: false', /^warning: "enableImmutableI/, 'yarn@4.18.1'],
    ['.yarnrc.yml', 'approvedGitRepositories: ["**"]', /^information: "approvedGit/, 'yarn@4.18.1'],
    ['.yarnrc.yml', 'npmMinimalAgeGate: "0"', /^information: "npmMinimalAgeGate: 0"/, 'yarn@4.18.1'],
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
    // pnpm 11 does not read it there, and npm 11 has it by default.
    ['.npmrc', 'verify-store-integrity=false', 'pnpm@11.4.0'],
    ['.npmrc', 'allow-git=all', 'npm@11.19.1'],
    ['.npmrc', 'fund=false\naudit=true\nallow-file=all', 'npm@12.2.0'],
    ['.yarnrc.yml', 'enableHardenedMode: false\nnpmMinimalAgeGate: 3d', 'yarn@4.18.1'],
  ];
  for (const [file, text, manager] of silent) {
    test(`silent: ${file}: ${text}`, async () => assert.deepEqual(await said(file, text, manager), []));
  }
});

describe('compared with the base', () => {
  async function since(file: string, before: string, now: string): Promise<readonly string[]> {
    const manifest = file === 'package.json' ? '' : '-- package.json --\n{ "name": "shop" }\n';
    const workspace = await openWorkspace(`${manifest}-- ${file} --\n${now}\n`, {
      ...{ base: `${before}\n`, settings: { base: 'main', isBaseGiven: true } },
    });
    return workspace
      .findings(RULE)
      .filter(({ uri }) => uri.endsWith(`/${file}`))
      .map(({ severity, message }) => `${severity}: ${message.split(':')[0]}`);
  }

  const weakened: readonly (readonly [file: string, before: string, now: string, severity?: string])[] = [
    ['.npmrc', 'ignore-scripts=true', 'ignore-scripts=false'],
    ['.npmrc', 'ignore-scripts=true', 'fund=false'],
    ['.npmrc', 'fund=false', 'ignore-scripts=false', 'information'],
    ['.npmrc', 'fund=false', 'package-lock=false'],
    ['.npmrc', 'min-release-age=7', 'min-release-age=1'],
    ['.npmrc', 'allow-git=none', 'allow-git=all'],
    ['.npmrc', 'fund=false', `\${X-package-lock}=false`],
    ['pnpm-workspace.yaml', 'packages: []', 'dangerouslyAllowAllBuilds: true'],
    ['pnpm-workspace.yaml', 'packages: []', 'dangerously-allow-all-builds: true'],
    ['pnpm-workspace.yaml', 'packages: []', 'strictDepBuilds: false'],
    ['pnpm-workspace.yaml', 'ignoreScripts: true', 'ignoreScripts: false'],
    ['pnpm-workspace.yaml', 'minimumReleaseAge: 1440', 'minimumReleaseAge: 10'],
    ['pnpm-workspace.yaml', 'trustPolicy: no-downgrade', 'packages: []'],
    ['pnpm-workspace.yaml', 'packages: []', 'lockfile: false'],
    ['.yarnrc.yml', 'enableScripts: false', 'enableScripts: true'],
    ['.yarnrc.yml', 'npmMinimalAgeGate: 3d', 'npmMinimalAgeGate: 3h'],
    ['.yarnrc', 'ignore-scripts true', 'ignore-scripts false'],
    ['.yarnrc', 'lastUpdateCheck 1', '--install.no-lockfile true'],
    ['bunfig.toml', '[install]\nignoreScripts = true', '[install]\nignoreScripts = false'],
    ['bunfig.toml', '[install]\nexact = true', '[install.lockfile]\nsave = false'],
    ['package.json', '{}', '{"allowScripts":{"a":true}}', 'information'],
    ['package.json', '{}', '{"trustedDependencies":["a"]}', 'information'],
    ['pnpm-workspace.yaml', 'packages: []', 'allowBuilds:\n  a: true', 'information'],
    ['pnpm-workspace.yaml', 'packages: []', 'onlyBuiltDependencies: [a]', 'information'],
  ];
  for (const [file, before, now, severity = 'warning'] of weakened)
    test(`${file}: ${before} -> ${now}`, async () => {
      const findings = await since(file, before, now);
      assert.equal(findings.length, 1, findings.join('\n'));
      assert.match(findings[0]!, new RegExp(`^${severity}: `));
    });

  const honest: readonly (readonly [file: string, before: string, now: string])[] = [
    ['.npmrc', 'ignore-scripts=false', 'ignore-scripts=true'],
    ['.npmrc', 'fund=false', 'strict-allow-scripts=false\npackage-lock=true'],
    ['.npmrc', 'package-lock=false', 'package-lock=false\nfund=false'],
    ['.npmrc', 'min-release-age=1', 'min-release-age=7'],
    ['.npmrc', 'allow-git=all', 'allow-git=none'],
    ['pnpm-workspace.yaml', 'packages: []', 'minimumReleaseAge: 1440\nstrictDepBuilds: true'],
    ['pnpm-workspace.yaml', 'allowBuilds:\n  a: true', 'allowBuilds:\n  a: false'],
    ['.yarnrc.yml', 'npmMinimalAgeGate: 3h', 'npmMinimalAgeGate: 1d'],
    ['.yarnrc.yml', 'enableScripts: true', 'enableScripts: false'],
    ['package.json', '{"allowScripts":{"a":true}}', '{"allowScripts":{"a":false}}'],
  ];
  for (const [file, before, now] of honest)
    test(`${file}: ${before} -> ${now} is silent`, async () =>
      assert.deepEqual(await since(file, before, now), []));
});
