import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readNpmrc } from '../../../../server/src/core/read/config/npm/read-npmrc.ts';
import { applyEdits } from '../../../../server/src/core/read/text/edit.ts';
import { randomText } from '../../../npm-token.ts';
import { expectMarks, fixOf, openWorkspace, TEST_REGISTRY } from '../../../workspace.ts';

const RULE = 'auth-config-unsafe';
const ONLY = { rules: [RULE] };
const manifest = (manager: string) =>
  `-- package.json --\n{ "name": "shop", "packageManager": "${manager}" }\n`;
const NPM = manifest('npm@11.19.1');
const NPM12 = manifest('npm@12.2.0');
const npmrc = (...lines: readonly string[]) => `-- .npmrc --\n${lines.join('\n')}\n`;
const TOKEN = `\${NPM_TOKEN}`;
const HERE = 'registry=https://npm.acme.test/';

async function messagesOf(source: string): Promise<readonly string[]> {
  const { findings } = await openWorkspace(source);
  return findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('keys without a registry', () => {
  test('npm renames or deletes them', async () => {
    assert.deepEqual(await messagesOf(NPM + npmrc(HERE, `_authToken=${TOKEN}`)), [
      'error: "_authToken" is bound to no registry, so npm rejects it (ERR_INVALID_AUTH). Rename it to "//npm.acme.test/:_authToken".',
    ]);
    assert.equal(
      await fixOf(NPM + npmrc(HERE, `_authToken = ${TOKEN} ; ours`), RULE, /^Rename to/),
      NPM + npmrc(HERE, `//npm.acme.test/:_authToken = ${TOKEN} ; ours`),
    );
    const publicKey = TEST_REGISTRY.replace('https:', '');
    assert.equal(
      await fixOf(NPM + npmrc(`_auth=${TOKEN}`), RULE, /^Rename to/),
      NPM + npmrc(`${publicKey}:_auth=${TOKEN}`),
    );
    assert.equal(
      await fixOf(NPM + npmrc(`_auth=${TOKEN}`, `${publicKey}:_auth=${TOKEN}`), RULE, /^Delete _auth, as/),
      NPM + npmrc(`${publicKey}:_auth=${TOKEN}`),
    );
  });

  test('keys that npm deletes', async () => {
    for (const line of [`_authtoken=${TOKEN}`, `-authtoken=${TOKEN}`, 'username=ana', `_password=${TOKEN}`]) {
      const key = line.split('=')[0]!;
      assert.deepEqual(await messagesOf(NPM + npmrc(line)), [
        `error: npm rejects "${key}" (ERR_INVALID_AUTH). Delete it.`,
      ]);
      assert.equal(await fixOf(NPM + npmrc(HERE, line), RULE, /^Delete/), NPM + npmrc(HERE));
    }
  });

  test('always-auth, which npm no longer reads, is a hint', async () => {
    const source = NPM + npmrc(HERE, 'always-auth=true', '//npm.acme.test/:always-auth=true');
    assert.deepEqual(await messagesOf(source), [
      'hint: "always-auth" has no effect, as npm no longer reads it. Delete it.',
      'hint: "//npm.acme.test/:always-auth" has no effect, as npm no longer reads it. Delete it.',
    ]);
    assert.equal(
      await fixOf(source, RULE, /^Delete always-auth$/),
      NPM + npmrc(HERE, '//npm.acme.test/:always-auth=true'),
    );
    assert.deepEqual(await messagesOf(manifest('yarn@1.22.22') + npmrc('always-auth=true')), []);
  });

  test('npm 12 rejects email and certificates as well, npm 11 does not', async () => {
    const lines = npmrc(HERE, 'email=ana@acme.test', 'certfile=a.crt', 'keyfile=a.key');
    assert.equal((await messagesOf(NPM12 + lines)).length, 3);
    assert.deepEqual(await messagesOf(NPM + lines), []);
  });

  test('is silent for those that still read them, and on the value of no key', async () => {
    for (const manager of ['npm@8.19.4', 'pnpm@9.15.9', 'yarn@1.22.22', 'bun@1.4.5'])
      assert.deepEqual(await messagesOf(manifest(manager) + npmrc(`_authToken=${TOKEN}`)), [], manager);
    assert.deepEqual(await messagesOf(NPM + npmrc('_authToken=', '_auth', 'email=ana@acme.test')), []);
  });
});

describe('npm itself', () => {
  const cases = [
    [HERE, `_authToken=${TOKEN}`],
    ['registry=https://npm.acme.test/api/npm', `_auth=${TOKEN}`],
    ['registry=https://npm.acme.test:8443/api/npm/', `_authToken = "${TOKEN}" ; ours`],
    [HERE, 'username=ana', `_password=${TOKEN}`],
    [HERE, 'username=ana', `//npm.acme.test/:_authToken=${TOKEN}`],
    [HERE, `_authtoken=${TOKEN}`, `-authtoken=${TOKEN}`],
    [HERE, `_authToken=${TOKEN}`, `//npm.acme.test/:_authToken=\${OTHER}`],
    [HERE, 'email=ana@acme.test', 'certfile=a.crt', 'keyfile=a.key'],
    [HERE, 'keyfile=a.key'],
    [HERE, `//npm.acme.test/:_authToken=${TOKEN}`],
  ];
  for (const lines of cases)
    test(`repairs ${lines.slice(1).join(' ')} in the same way`, async () => {
      const source = NPM12 + npmrc(...lines);
      const { findings, snapshot, text, uri } = await openWorkspace(source);
      const edits = findings(RULE).flatMap(
        (finding) =>
          snapshot.fixesOf(finding).find(({ title }) => /^(?:Rename|Delete)/.test(title))?.edits ?? [],
      );
      const ours = applyEdits(
        text('.npmrc')!,
        edits.filter((edit) => edit.uri === uri('.npmrc')),
      );
      assert.deepEqual(settingsOf(ours), settingsOf(await repairedByNpm(text('.npmrc')!)));
    });
});

/** Returns the settings of an .npmrc, in no order. */
function settingsOf(text: string): Readonly<Record<string, string>> {
  const { entries } = readNpmrc('', text, 'project');
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

interface NpmConfigReader {
  load(): Promise<void>;
  repair(): void;
  save(where: string): Promise<void>;
}

/** Returns a project's .npmrc as `npm config fix` leaves it. */
async function repairedByNpm(text: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const Config = require('@npmcli/config') as new (options: object) => NpmConfigReader;
  const definitions = require('@npmcli/config/lib/definitions') as Record<string, unknown>;
  const directory = mkdtempSync(join(tmpdir(), 'npm-config-'));
  try {
    const place = (name: string) => join(directory, name);
    for (const name of ['home', 'project', 'npm']) mkdirSync(place(name));
    writeFileSync(place('project/package.json'), '{}');
    writeFileSync(place('project/.npmrc'), text);
    const env = { HOME: place('home'), npm_config_userconfig: place('home/.npmrc'), PREFIX: place('home') };
    const options = { npmPath: place('npm'), env, argv: ['node', 'npm'], cwd: place('project'), warn: false };
    const npm = new Config({ ...definitions, ...options });
    await npm.load();
    npm.repair();
    await npm.save('project');
    return readFileSync(place('project/.npmrc'), 'utf8');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('keys with a registry', () => {
  test('the recommended form is silent, with the scope of pnpm too', async () => {
    await expectMarks(
      NPM +
        npmrc(
          HERE,
          `//npm.acme.test/:_authToken=${TOKEN}`,
          `//npm.acme.test/:username=ana`,
          `//npm.acme.test/:_password=${TOKEN}`,
          `//npm.acme.test/:@acme:_authToken=${TOKEN}`,
          `${TEST_REGISTRY.replace('https:', '')}:_authToken=${TOKEN}`,
          `//localhost:4873/:_authToken=${TOKEN}`,
          '//npm.acme.test/:tokenHelper=/usr/bin/helper',
        ),
      ONLY,
    );
  });

  test('case, scheme and slash', async () => {
    const cases = [
      [`//npm.acme.test/:_authtoken=${TOKEN}`, 'error', `//npm.acme.test/:_authToken=${TOKEN}`],
      [`//npm.acme.test/:-authtoken=${TOKEN}`, 'error', `//npm.acme.test/:_authToken=${TOKEN}`],
      [`https://npm.acme.test/:_authToken=${TOKEN}`, 'error', `//npm.acme.test/:_authToken=${TOKEN}`],
      [`//npm.acme.test:_authToken=${TOKEN}`, 'warning', `//npm.acme.test/:_authToken=${TOKEN}`],
      [`//npm.acme.test:8443/a:_auth=${TOKEN}`, 'warning', `//npm.acme.test:8443/a/:_auth=${TOKEN}`],
      [`//npm.acme.test:@acme:_authToken=${TOKEN}`, 'warning', `//npm.acme.test/:@acme:_authToken=${TOKEN}`],
    ] as const;
    for (const [line, severity, fixed] of cases) {
      const { findings } = await openWorkspace(NPM + npmrc(HERE, line));
      assert.deepEqual(
        findings(RULE).map((one) => one.severity),
        [severity],
        line,
      );
      assert.equal(await fixOf(NPM + npmrc(HERE, line), RULE, /^Rename to/), NPM + npmrc(HERE, fixed));
    }
  });

  test('a token takes precedence over user and password', async () => {
    const lines = [HERE, `//npm.acme.test/:_authToken=${TOKEN}`];
    const source = NPM + npmrc(...lines, `//npm.acme.test/:_auth=${TOKEN}`);
    assert.deepEqual(await messagesOf(source), [
      'warning: "//npm.acme.test/:_auth" has no effect, as "//npm.acme.test/:_authToken" takes precedence. Delete it.',
    ]);
    assert.equal(await fixOf(source, RULE, /^Delete/), NPM + npmrc(...lines));
  });
});

describe('where variables go', () => {
  test('a host that no setting names', async () => {
    const line = `//collect.evil.test/:_authToken=${TOKEN}`;
    assert.deepEqual(await messagesOf(NPM + npmrc(HERE, line)), [
      `warning: "//collect.evil.test/:_authToken" gives \${NPM_TOKEN} to a host that no registry setting names. Delete it, or add the host to "allowedHosts".`,
    ]);
    const named = [
      npmrc('@acme:registry=https://collect.evil.test/', line),
      `${npmrc(line)}-- dependency-hygiene.json --\n{ "allowedHosts": ["collect.evil.test"] }\n`,
      `${npmrc(line)}-- bunfig.toml --\n[install.scopes]\nacme = "https://collect.evil.test/"\n`,
      npmrc(`//collect.evil.test/:username=\${USER}`, `//npm.acme.test/:email=\${EMAIL}`),
      npmrc(`registry=https://\${REGISTRY_HOST}/`, line),
    ];
    for (const files of named) assert.deepEqual(await messagesOf(NPM + files), [], files);
  });

  test('a host that the lockfile installs from, or that a manifest publishes to', async () => {
    const line = npmrc(`//npm.acme.test/:_authToken=${TOKEN}`);
    const lockfile = `-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": {}, "node_modules/a": { "version": "1.0.0", "resolved": "https://npm.acme.test/a/-/a-1.0.0.tgz" } } }
`;
    assert.deepEqual(await messagesOf(NPM + line + lockfile), []);
    const publishing = `-- package.json --\n{ "name": "shop", "publishConfig": { "registry": "https://npm.acme.test/" } }\n`;
    assert.deepEqual(await messagesOf(publishing + line), []);
  });

  test('a secret in a URL', async () => {
    assert.deepEqual(await messagesOf(NPM + npmrc(`registry=https://npm.acme.test/\${NPM_TOKEN}/`)), [
      `warning: "registry" puts \${NPM_TOKEN} into a URL, which lockfiles and logs show. Use a key such as "//host/:_authToken" instead.`,
    ]);
    assert.deepEqual(await messagesOf(NPM + npmrc(`registry=https://\${HOST}/npm/`)), []);
  });

  test('pnpm does not replace them in a project', async () => {
    const line = `//npm.acme.test/:_authToken=${TOKEN}`;
    const pnpm = manifest('pnpm@12.21.0');
    assert.deepEqual(await messagesOf(pnpm + npmrc(HERE, line)), [
      'warning: pnpm 12.21.0 ignores "//npm.acme.test/:_authToken" in a project, as it contains a variable. Delete the line and run: pnpm config set "//npm.acme.test/:_authToken" "$NPM_TOKEN".',
    ]);
    assert.equal(await fixOf(pnpm + npmrc(HERE, line), RULE, /^Delete/), pnpm + npmrc(HERE));
    assert.equal((await messagesOf(pnpm + npmrc(`registry=https://\${HOST}/npm/`))).length, 1);
    for (const manager of ['pnpm@10.34.1', 'pnpm@11.5.2'])
      assert.deepEqual(await messagesOf(manifest(manager) + npmrc(HERE, line)), []);
    const unknown = "-- package.json --\n{}\n-- pnpm-lock.yaml --\nlockfileVersion: '9.0'\n";
    assert.deepEqual(await messagesOf(unknown + npmrc(HERE, line)), []);
  });
});

describe('Yarn', () => {
  const yarn = manifest('yarn@4.18.1');
  test('sends the top-level token to other registries', async () => {
    await expectMarks(
      `${yarn}-- .yarnrc.yml --
npmRegistryServer: "https://npm.acme.test/"
npmAuthToken: "\${NPM_TOKEN:-}"
npmScopes:
  other:
  ^^^^^ auth-config-unsafe: "@other" has no credentials of its own, so Yarn sends the top-level ones to npm.other.test. Give it its own "npmAuthToken".
    npmRegistryServer: "https://npm.other.test/"
  own:
    npmRegistryServer: "https://npm.own.test/"
    npmAuthToken: "\${OWN_TOKEN:-}"
  listed:
    npmRegistryServer: "https://npm.listed.test/a"
  same:
    npmRegistryServer: "https://npm.acme.test/same"
npmRegistries:
  "//npm.listed.test":
    npmAuthToken: "\${LISTED_TOKEN:-}"
`,
      ONLY,
    );
  });

  test('is silent without a top-level token', async () => {
    await expectMarks(
      `${yarn}-- .yarnrc.yml --
npmScopes:
  other:
    npmRegistryServer: "https://npm.other.test/"
`,
      ONLY,
    );
  });
});

test('no message or title has a value', async () => {
  const secret = randomText(24);
  const lines = ['_authToken', '_authtoken', '//h.acme.test:_auth', 'https://h.acme.test/:_authToken'];
  const { findings, snapshot } = await openWorkspace(NPM + npmrc(...lines.map((key) => `${key}=${secret}`)));
  for (const finding of findings(RULE)) {
    assert.ok(!finding.message.includes(secret));
    assert.ok(!JSON.stringify(snapshot.fixesOf(finding)).includes(secret));
  }
  assert.equal(findings(RULE).length, lines.length);
});
