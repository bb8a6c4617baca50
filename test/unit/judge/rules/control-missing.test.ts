import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace } from '../../../workspace.ts';
import { osv } from './osv.ts';

const RULE = 'control-missing';

type Files = Readonly<Record<string, string>>;

function workspace(controls: object, files: Files = {}, manifest: object = {}): string {
  const all = {
    'package.json': JSON.stringify({
      name: 'shop',
      packageManager: 'npm@11.19.1',
      dependencies: { left: '1.0.0' },
      ...manifest,
    }),
    'dependency-hygiene.json': JSON.stringify({ controls }),
    ...files,
  };
  return Object.entries(all)
    .map(([path, text]) => `-- ${path} --\n${text}\n`)
    .join('');
}

async function found(...of: Parameters<typeof workspace>): Promise<readonly string[]> {
  return (await openWorkspace(workspace(...of))).findings(RULE).map(({ message }) => message);
}

const LOCK: Files = { 'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }' };

describe('lockfile', () => {
  test('one that git keeps', async () => {
    const controls = { lockfile: true };
    assert.deepEqual(await found(controls), [
      'This project has no lockfile, and the policy requires one. Create one and commit it.',
    ]);
    assert.deepEqual(await found(controls, LOCK), []);
    assert.deepEqual(await found(controls, { ...LOCK, '.gitignore': 'package-lock.json' }), [
      'Git ignores package-lock.json, and the policy requires a committed lockfile. Commit it.',
    ]);
    assert.deepEqual(await found({ lockfile: false }), []);
    assert.deepEqual(await found(controls, {}, { dependencies: {} }), []);
  });
});

describe('cooldownDays', () => {
  test('of the package manager', async () => {
    const controls = { cooldownDays: 5 };
    assert.deepEqual(await found(controls, { '.npmrc': 'min-release-age=3' }), [
      'npm has a cooldown of 3 days here, and the policy requires 5 days. Set a longer one.',
    ]);
    assert.deepEqual(await found(controls, { '.npmrc': 'min-release-age=7' }), []);
  });
});

describe('installScripts', () => {
  test('off or reviewed', async () => {
    const of = (installScripts: string, npmrc: string, packageManager = 'npm@11.19.1') =>
      found({ installScripts }, { '.npmrc': npmrc }, { packageManager });
    assert.equal((await of('off', '')).length, 1);
    assert.equal((await of('reviewed', '')).length, 1);
    assert.deepEqual(await of('off', 'ignore-scripts=true'), []);
    assert.deepEqual(await of('reviewed', 'strict-allow-scripts=true'), []);
    assert.equal((await of('off', 'strict-allow-scripts=true')).length, 1);
    assert.deepEqual(await of('reviewed', '', 'npm@12.0.0'), []);
    assert.equal((await of('reviewed', 'dangerously-allow-all-scripts=true', 'npm@12.0.0')).length, 1);
  });
});

describe('exactVersions', () => {
  const controls = { exactVersions: true };
  const NPM =
    'New dependencies are not saved as exact versions, and the policy requires that. Set "save-exact=true" in .npmrc.';

  test('by either key, in the project', async () => {
    assert.deepEqual(await found(controls), [NPM]);
    assert.deepEqual(await found(controls, { '.npmrc': 'save-exact=false' }), [NPM]);
    assert.deepEqual(await found(controls, { '.npmrc': 'save-exact=true' }), []);
    assert.deepEqual(await found(controls, { '.npmrc': 'save-prefix=' }), []);
    const pnpm = { packageManager: 'pnpm@10.30.0' };
    assert.equal((await found(controls, {}, pnpm)).length, 1);
    assert.deepEqual(await found(controls, { 'pnpm-workspace.yaml': "savePrefix: ''" }, pnpm), []);
    assert.deepEqual(await found(controls, { 'pnpm-workspace.yaml': 'saveExact: true' }, pnpm), []);
  });

  test('the fix adds the setting', async () => {
    const after = await fixOf(workspace(controls), RULE, /^Add "save-exact=true" to \.npmrc$/);
    assert.match(after, /save-exact=true/);
  });

  test('published packages need ranges', async () =>
    assert.deepEqual(await found(controls, {}, { version: '1.0.0' }), []));
});

describe('updateBot', () => {
  test('one that updates npm packages', async () => {
    const controls = { updateBot: true };
    const missing = [
      'No bot updates the dependencies here, and the policy requires one. Configure Dependabot or Renovate.',
    ];
    const dependabot = (ecosystem: string) => ({
      '.github/dependabot.yml': `version: 2\nupdates:\n  - package-ecosystem: "${ecosystem}"\n    directory: /\n`,
    });
    assert.deepEqual(await found(controls), missing);
    assert.deepEqual(await found(controls, dependabot('github-actions')), missing);
    assert.deepEqual(await found(controls, dependabot('npm')), []);
    assert.deepEqual(await found(controls, { '.github/renovate.json5': '{ extends: [] }' }), []);
    assert.deepEqual(await found(controls, {}, { renovate: { extends: [] } }), []);
  });

  test('is unknown below the top of the repository', async () => {
    const inFolder = workspace({ updateBot: true }).replace('-- package.json --', '-- a/package.json --');
    const { findings } = await openWorkspace(inFolder);
    assert.deepEqual(findings(RULE), []);
  });
});

test('the person to ask and the entry of the policy', async () => {
  const opened = await openWorkspace(workspace({ lockfile: true, contact: 'Ada.' }));
  const [finding] = opened.findings(RULE);
  assert.match(finding!.message, / Ask Ada\.$/);
  const { start, end } = finding!.related[0]!.span;
  assert.equal(opened.text('dependency-hygiene.json')!.slice(start, end), '"lockfile"');
});

describe('auditLevel', () => {
  const lock = (...packages: readonly string[]) => ({
    'package-lock.json': JSON.stringify({
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { left: '1.0.0' } },
        ...Object.fromEntries(packages.map((name) => [`node_modules/${name}`, { version: '1.0.0' }])),
      },
    }),
  });
  const advisories = [
    osv('GHSA-aaaa-aaaa-aaaa', 'left', '0 1.0.1', { severity: 'HIGH' }),
    osv('GHSA-bbbb-bbbb-bbbb', 'right', '0 1.0.1', { severity: 'LOW' }),
  ];
  const at = async (auditLevel: string, files: Files, ignores: readonly object[] = []) => {
    const text = workspace(
      { auditLevel },
      { ...files, 'dependency-hygiene.json': JSON.stringify({ controls: { auditLevel }, ignores }) },
    );
    return (await openWorkspace(text, { advisories })).findings(RULE).map(({ message }) => message);
  };
  const HIGH =
    'left 1.0.0 has known vulnerabilities of severity high or higher, and the policy requires none. Update it, or accept each with a reason.';

  test('known vulnerabilities of the level or above', async () => {
    assert.deepEqual(await at('high', lock('left', 'right')), [HIGH]);
    assert.deepEqual(await at('critical', lock('left', 'right')), []);
    assert.deepEqual(await at('high', lock('right')), []);
    assert.match(
      (await at('low', lock('left', 'right'))).join(),
      /^2 locked packages have known vulnerabilities of severity low/,
    );
    assert.deepEqual(await at('low', {}), [], 'without a lockfile nothing is known');
  });

  test('what the project accepts does not count', async () => {
    const ignore = { rule: 'vulnerable-dependency', id: 'GHSA-aaaa-aaaa-aaaa', reason: 'unreachable' };
    assert.deepEqual(await at('high', lock('left'), [{ ...ignore, expires: '2999-01-01' }]), []);
    assert.deepEqual(await at('high', lock('left'), [{ ...ignore, expires: '2001-01-01' }]), [HIGH]);
  });
});

describe('sbom', () => {
  const controls = { sbom: true };
  const MISSING = [
    'This repository has no SBOM, and the policy requires one. Commit one, or let a workflow make it.',
  ];
  const workflow = (run: string) => ({
    '.github/workflows/release.yml': `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - ${run}\n`,
  });

  test('by the content of a file', async () => {
    assert.deepEqual(await found(controls), MISSING);
    assert.deepEqual(await found(controls, { 'bom.json': '{ "name": "bill of materials" }' }), MISSING);
    for (const files of [
      { 'bom.json': '{ "bomFormat": "CycloneDX", "specVersion": "1.5" }' },
      { 'shop.cdx.json': '{"specVersion":"1.5","bomFormat":"CycloneDX"}' },
      { 'bom.xml': '<?xml version="1.0"?>\n<bom xmlns="urn:cyclonedx">' },
      { 'sbom/shop.json': '{ "spdxVersion": "SPDX-2.3" }' },
      { 'shop.spdx': 'SPDXVersion: SPDX-2.3\n' },
    ] satisfies Files[])
      assert.deepEqual(await found(controls, files), [], Object.keys(files).join());
    assert.deepEqual(await found({ sbom: false }), []);
  });

  test('or by a workflow that makes one', async () => {
    for (const run of [
      'run: npm sbom --sbom-format cyclonedx > bom.json',
      'run: npx @cyclonedx/cyclonedx-npm@4.0.0',
      'run: npm run sbom:write',
      'uses: anchore/sbom-action@0123456789012345678901234567890123456789',
    ])
      assert.deepEqual(await found(controls, workflow(run)), [], run);
    assert.deepEqual(await found(controls, workflow('run: npm ci')), MISSING);
  });

  test('is unknown below the top of the repository', async () => {
    const inFolder = workspace(controls).replace('-- package.json --', '-- a/package.json --');
    assert.deepEqual((await openWorkspace(inFolder)).findings(RULE), []);
  });
});
