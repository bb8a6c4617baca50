import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newNpmToken, randomText } from '../../../npm-token.ts';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'plaintext-token';
const ONLY = { rules: [RULE] };
const TOKEN = newNpmToken();
const OTHER = randomText(24);
const NPM = '-- package.json --\n{ "name": "shop", "packageManager": "npm@11.19.1" }\n';
const PNPM = (version: string) =>
  `-- package.json --\n{ "name": "shop", "packageManager": "pnpm@${version}" }\n`;
const carets = (text: string) => '^'.repeat(text.length);
/** Marks a value at the end of a line. */
const marked = (before: string, value: string, after = '') =>
  `${before}${value}${after}\n${' '.repeat(before.length)}${carets(value)} ${RULE}`;

async function messagesOf(source: string): Promise<readonly string[]> {
  const { findings } = await openWorkspace(source);
  return findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('plaintext-token in .npmrc', () => {
  test('credentials of every kind, on the exact value', async () => {
    await expectMarks(
      `${NPM}-- .npmrc --
registry=https://npm.acme.test/
${marked('//npm.acme.test/:_authToken=', TOKEN)}
${marked('//npm.acme.test/a/:_authToken = ', `"${OTHER}"`)}
${marked('//npm.acme.test/:@acme:_authToken=', OTHER)}
${marked('//npm.acme.test/:_password=', btoa(OTHER), ' ; of the robot')}
${marked('_auth=', btoa(`robot:${OTHER}`))}
${marked('//npm.acme.test/:_authtoken=', OTHER)}
${marked('key=', `"-----BEGIN PRIVATE KEY-----\\nMIIB${OTHER}\\n-----END PRIVATE KEY-----"`)}
//npm.acme.test/:username=robot
email=robot@acme.test
`,
      ONLY,
    );
  });

  test('tokens in comments, and credentials in URLs', async () => {
    await expectMarks(
      `${NPM}-- .npmrc --
${marked('# //npm.acme.test/:_authToken=', TOKEN)}
${marked('https-proxy=http://', `ana:${OTHER}`, '@proxy.acme.test:3128')}
`,
      ONLY,
    );
  });

  test('tokens of other registries in comments and sections, and defaults of variables', async () => {
    await expectMarks(
      `${NPM}-- .npmrc --
${marked('# //npm.acme.test/:_authToken=', OTHER)}
${marked('//npm.acme.test/:_authToken=', `\${NPM_TOKEN:-${OTHER}}`)}
# //npm.acme.test/:_authToken=your-token-here
; _authToken=\${NPM_TOKEN}
[old]
${marked('//npm.acme.test/:_authToken = ', OTHER)}
`,
      ONLY,
    );
  });

  test('a comment needs no variable in place of the token: it is deleted', async () => {
    for (const manager of [NPM, PNPM('11.6.0')])
      for (const start of ['# ', ' ;']) {
        const npmrc = (lines: string) => `${manager}-- .npmrc --\n${lines}save-exact=true\n`;
        const source = npmrc(`${start}//npm.acme.test/:_authToken=${OTHER}\n`);
        assert.match((await messagesOf(source))[0] ?? '', /\. Revoke it, then delete the comment\.$/);
        assert.equal(await fixOf(source, RULE, /^Delete the comment$/), npmrc(''));
      }
  });

  test('is silent on variables, placeholders, this machine and words', async () => {
    for (const line of [
      `//npm.acme.test/:_authToken=\${NPM_TOKEN}`,
      `//npm.acme.test/:_authToken=\${NPM_TOKEN?}`,
      '//npm.acme.test/:_authToken=',
      '//npm.acme.test/:_authToken',
      '//npm.acme.test/:_authToken=xxxxxxxxxxxxxxxxxxxx',
      '//npm.acme.test/:_authToken=<YOUR_TOKEN>',
      '//npm.acme.test/:_authToken=NPM_TOKEN',
      `//localhost:4873/:_authToken=${OTHER}`,
      `//127.0.0.1:4873/:_authToken=${OTHER}`,
      `//npm.acme.test/:_password=${btoa('password')}`,
      `_auth=${btoa('user:pass')}`,
      '# //npm.acme.test/:_authToken=abcdef123456',
      `# //localhost:4873/:_authToken=${OTHER}`,
      'https-proxy=http://user:password@proxy.acme.test:3128',
      'keyfile=certs/acme.key',
      'auth-type=legacy-web-login',
      'tag-version-prefix=never-a-token-1a2b3c4d',
      `# npm_${'a1B2'.repeat(9)}`,
    ])
      await expectMarks(`${NPM}-- .npmrc --\n${line}\n`, ONLY);
  });

  test('reports a value with the form of a token and a wrong checksum as a warning', async () => {
    const wrong = `npm_${'a1B2c3'.repeat(6)}`;
    assert.deepEqual(await messagesOf(`${NPM}-- .npmrc --\n//npm.acme.test/:_authToken=${wrong}\n`), [
      `warning: This looks like an npm token, but its checksum is wrong. If it is one, revoke it, then use \${NPM_TOKEN}.`,
    ]);
  });

  test('names the setting, never the value', async () => {
    const source = `${NPM}-- .npmrc --\n//npm.acme.test/:_authToken=${TOKEN}\n`;
    assert.deepEqual(await messagesOf(source), [
      `error: "//npm.acme.test/:_authToken" holds a token in plain text. Revoke it, then use \${NPM_TOKEN}.`,
    ]);
    assert.deepEqual(await messagesOf(`${source}-- .gitignore --\n.npmrc\n`), [
      `warning: "//npm.acme.test/:_authToken" holds a token in plain text, though git ignores .npmrc. Revoke it, then use \${NPM_TOKEN}.`,
    ]);
  });

  test('the fix writes a variable, and git may ignore the file', async () => {
    const source = `${NPM}-- .npmrc --\n# ours\n//npm.acme.test/:_authToken="${TOKEN}" ; until May\n`;
    assert.equal(
      await fixOf(source, RULE, /^Replace the value with \$\{NPM_TOKEN\}$/),
      `${NPM}-- .npmrc --\n# ours\n//npm.acme.test/:_authToken=\${NPM_TOKEN} ; until May\n`,
    );
    const { findings, snapshot } = await openWorkspace(source);
    assert.equal(snapshot.fixesOf(findings(RULE)[0]!)[0]?.command, 'read -rs NPM_TOKEN && export NPM_TOKEN');
    assert.equal(
      await fixOf(`${source}-- .gitignore --\nnode_modules\n`, RULE, /^Let git ignore \.npmrc/),
      `${source}-- .gitignore --\nnode_modules\n.npmrc\n`,
    );
    assert.equal(await fixOf(source, RULE, /^Let git ignore \.npmrc/), `${source}-- .gitignore --\n.npmrc\n`);
  });

  test('pnpm takes no variable from a project, so the line moves to the user', async () => {
    const npmrc = `-- .npmrc --\nregistry=https://npm.acme.test/\n//npm.acme.test/:_authToken=${TOKEN}\n`;
    for (const version of ['10.34.2', '11.5.3', '12.21.0']) {
      assert.deepEqual(await messagesOf(PNPM(version) + npmrc), [
        'error: "//npm.acme.test/:_authToken" holds a token in plain text. Revoke it, then delete the line and run: pnpm config set "//npm.acme.test/:_authToken" "$NPM_TOKEN".',
      ]);
      const { findings, snapshot } = await openWorkspace(PNPM(version) + npmrc);
      const [first] = snapshot.fixesOf(findings(RULE)[0]!);
      assert.equal(first?.command, 'pnpm config set "//npm.acme.test/:_authToken" "$NPM_TOKEN"');
      assert.equal(
        await fixOf(PNPM(version) + npmrc, RULE, /^Delete /),
        `${PNPM(version)}-- .npmrc --\nregistry=https://npm.acme.test/\n`,
      );
    }
    for (const version of ['9.15.9', '10.34.1', '11.5.2'])
      assert.match((await messagesOf(PNPM(version) + npmrc))[0]!, /use \$\{NPM_TOKEN\}\.$/);
    const hostile = `-- .npmrc --\n//npm.acme.test/$(id)/:_authToken=${TOKEN}\n`;
    assert.match((await messagesOf(PNPM('12.21.0') + hostile))[0]!, /Revoke it, then remove it here\.$/);
  });
});

describe('plaintext-token in other files', () => {
  test('.yarnrc.yml', async () => {
    const yarn = '-- package.json --\n{ "name": "shop", "packageManager": "yarn@4.18.1" }\n';
    await expectMarks(
      `${yarn}-- .yarnrc.yml --
npmRegistryServer: "https://npm.acme.test/"
${marked('npmAuthToken: ', `"${TOKEN}"`)}
npmScopes:
  acme:
    npmRegistryServer: "https://npm.acme.test/"
    ${marked('npmAuthIdent: ', `robot:${OTHER}`).replace('\n', '\n    ')}
npmRegistries:
  "//npm.acme.test":
    ${marked('npmAuthToken: ', OTHER).replace('\n', '\n    ')}
  "//other.acme.test":
    npmAuthToken: "\${NPM_TOKEN:-}"
  "//localhost:4873":
    npmAuthToken: ${OTHER}
`,
      ONLY,
    );
    assert.equal(
      await fixOf(`${yarn}-- .yarnrc.yml --\nnpmAuthToken: ${TOKEN} # ours\n`, RULE, /^Replace/),
      `${yarn}-- .yarnrc.yml --\nnpmAuthToken: "\${NPM_TOKEN:-}" # ours\n`,
    );
  });

  test('bunfig.toml', async () => {
    const bun = '-- package.json --\n{ "name": "shop", "packageManager": "bun@1.4.5" }\n';
    await expectMarks(
      `${bun}-- bunfig.toml --
[install]
${marked('registry = { url = "https://npm.acme.test/", token = ', `"${OTHER}"`, ' }')}
[install.scopes]
${marked('acme = { url = "https://npm.acme.test/", username = "ana", password = ', `"${OTHER}"`, ' }')}
other = { url = "https://npm.acme.test/", token = "$NPM_TOKEN" }
here = { url = "http://localhost:4873/", token = "${OTHER}" }
${marked('third = "https://', `ana:${OTHER}`, '@npm.acme.test/"')}
`,
      ONLY,
    );
    assert.equal(
      await fixOf(
        `${bun}-- bunfig.toml --\n[install.registry]\nurl = "https://npm.acme.test/"\ntoken = "${TOKEN}"\n`,
        RULE,
        /^Replace/,
      ),
      `${bun}-- bunfig.toml --\n[install.registry]\nurl = "https://npm.acme.test/"\ntoken = "$NPM_TOKEN"\n`,
    );
  });

  test('package.json: URLs, publishConfig and scripts', async () => {
    await expectMarks(
      `-- package.json --
{
  "name": "shop",
  "scripts": {
    ${marked('"a": "npm publish --//npm.acme.test/:_authToken=', OTHER, '",').replace('\n', '\n    ')}
    ${marked('"b": "NPM_TOKEN=', TOKEN, ' npm publish",').replace('\n', '\n    ')}
    "c": "npm config set //npm.acme.test/:_authToken=$NPM_TOKEN",
    "d": "psql postgres://ana:${OTHER}@db.acme.test/shop",
    "e": "curl http://ana:${OTHER}@localhost:3000/"
  },
  ${marked('"publishConfig": { "//npm.acme.test/:_authToken": "', `${OTHER}z`, '" },').replace('\n', '\n  ')}
  "dependencies": {
    ${marked('"a": "git+https://', `ana:${OTHER}x`, '@git.acme.test/a.git",').replace('\n', '\n    ')}
    ${marked('"b": "https://', `${OTHER}y1`, '@git.acme.test/b.tgz",').replace('\n', '\n    ')}
    "c": "git+ssh://git@git.acme.test/c.git",
    "f": "git+https://acme-organisation-2024-shop@git.acme.test/f.git",
    "d": "https://\${TOKEN}@git.acme.test/d.tgz",
    "e": "git+https://git:\${TOKEN}@git.acme.test/e.git"
  }
}
`,
      ONLY,
    );
  });

  test('a credential in every URL of a lockfile is one finding, and one fix removes it', async () => {
    const lockfile = (userinfo: string) => `-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0", "b": "^1.0.0" } },
    "node_modules/a": { "version": "1.0.0", "resolved": "https://${userinfo}npm.acme.test/a/-/a-1.0.0.tgz" },
    "node_modules/b": { "version": "1.0.0", "resolved": "https://${userinfo}npm.acme.test/b/-/b-1.0.0.tgz" }
  }
}
`;
    const source = NPM + lockfile(`ana:${OTHER}@`);
    assert.deepEqual(await messagesOf(source), [
      'error: A URL has a password or token in plain text (and at 1 other place). Revoke it, then remove it here.',
    ]);
    assert.equal(await fixOf(source, RULE, /^Remove the credentials/), NPM + lockfile(''));
  });

  test('a token in the parameters of a URL', async () => {
    const lockfile = `-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "node_modules/a": { "version": "1.0.0", "resolved": "https://npm.acme.test/a/-/a-1.0.0.tgz?token=${OTHER}" },
    "node_modules/b": { "version": "1.0.0", "resolved": "https://npm.acme.test/b/-/b-1.0.0.tgz?token=\${TOKEN}&x=1" }
  }
}
`;
    assert.deepEqual(await messagesOf(NPM + lockfile), [
      'error: A URL has a password or token in plain text. Revoke it, then remove it here.',
    ]);
  });

  test('pnpm-workspace.yaml, and the lockfile with the manifest that names the same', async () => {
    await expectMarks(
      `${PNPM('12.21.0')}-- pnpm-workspace.yaml --
${marked('"//npm.acme.test/:_authToken": ', OTHER)}
catalog:
  ${marked('a: https://', `ana:${OTHER}`, '@git.acme.test/a.tgz').replace('\n', '\n  ')}
`,
      ONLY,
    );
    const files = (userinfo: string) => `-- package.json --
{ "name": "shop", "dependencies": { "a": "https://${userinfo}git.acme.test/a.tgz" } }
-- yarn.lock --
# yarn lockfile v1


"a@https://${userinfo}git.acme.test/a.tgz":
  version "1.0.0"
  resolved "https://${userinfo}git.acme.test/a.tgz#0123456789abcdef0123456789abcdef01234567"
`;
    const { uri, session } = await openWorkspace(files(`ana:${OTHER}@`));
    assert.ok(
      session
        .snapshot()
        .diagnose(uri('package.json'))
        .findings.some(({ rule }) => rule === RULE),
    );
    assert.equal(await fixOf(files(`ana:${OTHER}@`), RULE, /^Remove the credentials/), files(''));
  });

  test('files of the user are where a token belongs', async () => {
    const userNpmrc = `//npm.acme.test/:_authToken=${TOKEN}\n`;
    await expectMarks(`${NPM}-- .npmrc --\nregistry=https://npm.acme.test/\n`, { ...ONLY, userNpmrc });
  });
});
