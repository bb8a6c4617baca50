import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  isSecretBase64,
  isSecretPassword,
  isSecretToken,
} from '../../../../server/src/core/read/text/secrets/is-secret.ts';
import {
  maskJson,
  maskSecrets,
  sameLength,
} from '../../../../server/src/core/read/text/secrets/mask-secrets.ts';
import { hasTokenShape, isNpmToken } from '../../../../server/src/core/read/text/secrets/npm-token.ts';
import { newNpmToken, randomText } from '../../../npm-token.ts';

describe('npm tokens', () => {
  test('are recognized by their checksum', () => {
    for (let round = 0; round < 50; round++) {
      const token = newNpmToken();
      assert.ok(isNpmToken(token), token);
      const changed = token.slice(0, 10) + (token[10] === 'a' ? 'b' : 'a') + token.slice(11);
      assert.ok(hasTokenShape(changed) && !isNpmToken(changed));
    }
    for (const other of ['', 'npm_', `npm_${'x'.repeat(36)}`, 'npm_config_registry', `${newNpmToken()}a`])
      assert.ok(!isNpmToken(other), other);
  });
});

describe('values that are no secret', () => {
  const none = [
    ...['', 'true', 'short', `\${NPM_TOKEN}`, `\${NPM_TOKEN:-}`, '$NPM_TOKEN', '$(cat token)', '%TOKEN%'],
    ...[
      '{{ token }}',
      '<your-token>',
      '[token]',
      'xxxxxxxxxxxxxxxx',
      'npm_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    ],
    ...['00000000-0000-0000-0000-000000000000', 'NPM_TOKEN', 'MY_AUTH_TOKEN_2', 'fake-token', 'secret-token'],
    ...['YOUR_TOKEN_HERE', 'your-token-123', '****************', 'npm_...', 'example-token-1', 'token1234'],
    ...['process.env.NPM_TOKEN', '__NPM_TOKEN__', '#{NPM_TOKEN}#', 'deadbeefcafe1234', '@NPM_TOKEN@'],
  ];
  test('tokens', () => {
    for (const value of none) assert.ok(!isSecretToken(value), value);
    for (const value of [newNpmToken(), randomText(12), '5b7d1c0e-93f4-4a6e-8c21-7f0a9d35e6b2'])
      assert.ok(isSecretToken(value), value);
  });

  test('passwords, and their base64 form', () => {
    for (const value of ['', 'pass', 'password', 'secret', 'user', `\${PASSWORD}`, 'changeme', 'xxxxxx']) {
      assert.ok(!isSecretPassword(value), value);
      assert.ok(!isSecretBase64(btoa(`user:${value}`)), value);
      assert.ok(!isSecretBase64(btoa(value)), value);
    }
    for (const value of ['correcthorse', 'hunter22', 'tr0ub4dor&3']) {
      assert.ok(isSecretPassword(value), value);
      assert.ok(isSecretBase64(btoa(`ana:${value}`)), value);
      assert.ok(isSecretBase64(btoa(value)), value);
    }
  });
});

describe('masking', () => {
  const token = newNpmToken();
  const other = randomText(24);
  const texts = [
    `//npm.acme.test/:_authToken=${token}`,
    `//npm.acme.test/:_authToken = "${other}"`,
    `_auth=${btoa(`ana:${other}`)}`,
    `//npm.acme.test/:_password=${other}`,
    `npmAuthToken: "${other}"`,
    `npmScopes: { acme: { npmAuthIdent: ana:${other} } }`,
    `token = "${other}"`,
    `acme = { url = "https://npm.acme.test/", password = '${other}' }`,
    `https://ana:${other}@npm.acme.test/a`,
    `git+https://ana:p@${other}@git.acme.test/a.git`,
    `https://${other}@git.acme.test/a.git`,
    `https%3A%2F%2Fnpm.acme.test%3A${token}`,
    `curl -H "Authorization: Bearer ${other}"`,
    `-----BEGIN RSA PRIVATE KEY-----\n${other}\n-----END RSA PRIVATE KEY-----`,
    `key="-----BEGIN PRIVATE KEY-----\\n${other}`,
    `"a":"${token}"`,
    `//npm.acme.test/:_authToken=\${NPM_TOKEN:-${other}}`,
    `npmAuthToken: "\${NPM_TOKEN-${other}}"`,
    `npmAuthIdent: \${NPM_AUTH:-ana:${other}}`,
  ];
  test('leaves references to variables', () => {
    for (const text of [
      `use "\${NPM_AUTH:-}".`,
      `_authToken=\${NPM_TOKEN}`,
      `npmAuthToken: "\${NPM_TOKEN:-}"`,
    ])
      assert.equal(maskSecrets(text), text);
  });

  test('covers every form', () => {
    for (const text of texts) {
      const shown = maskSecrets(text);
      for (const secret of [token, other, btoa(`ana:${other}`)])
        assert.ok(!shown.includes(secret), `${text}\n${shown}`);
      assert.equal(maskSecrets(text, sameLength).length, text.length);
      assert.equal(maskSecrets(shown), shown, 'is stable');
    }
  });

  test('keeps JSON what it is', () => {
    const value = {
      texts: [...texts, `"quoted" \\" ${texts[0]}`, '\\', '"', 'npm_\\', '\\"npm_'],
      [`key ${token}`]: { 'https://ana:bob@x': 1, plain: 'npm_config', ok: true, none: null },
    };
    for (const indent of [0, 2]) {
      const json = JSON.stringify(value, undefined, indent);
      const expected = JSON.parse(json, (_, one: unknown) =>
        typeof one === 'string' ? maskSecrets(one) : one,
      );
      const shown = JSON.parse(maskJson(json)) as typeof value;
      assert.deepEqual(shown.texts, expected.texts);
      assert.deepEqual(Object.keys(shown), ['texts', 'key ***']);
      assert.equal(maskJson(maskJson(json)), maskJson(json));
    }
    assert.equal(maskJson(JSON.stringify('token')), '"token"');
  });

  test('covers every password in a URL, even a word', () => {
    assert.equal(maskSecrets('http://user:pass@proxy.acme.test/'), 'http://***@proxy.acme.test/');
    const variable = `http://user:\${PASSWORD}@proxy.acme.test/`;
    assert.equal(maskSecrets(variable), variable);
  });

  test('covers a name before a host that is as long as a token, even without a digit', () => {
    for (const name of ['QwErTyUiOpAsDfGhJkLzXcVb', 'abcdefghijklmnopqrst'])
      assert.equal(
        maskSecrets(`git+https://${name}@git.example.test/a.git`),
        'git+https://***@git.example.test/a.git',
      );
    const user = 'ssh://deploy-user@git.example.test/a.git';
    assert.equal(maskSecrets(user), user);
  });

  test('leaves everything else as it is', () => {
    for (const text of [
      `//npm.acme.test/:_authToken=\${NPM_TOKEN}`,
      `npmAuthToken: "\${NPM_TOKEN:-}"`,
      'token = "$NPM_TOKEN"',
      'git+ssh://git@git.acme.test/a.git#semver:^1.0.0',
      'https://npm.acme.test/@acme/a/-/a-1.0.0.tgz',
      'https://git@git.acme.test/a.git',
      '"_authToken" holds a token in plain text.',
      'npm_config_strict_ssl=false',
    ])
      assert.equal(maskSecrets(text), text);
  });
});
