import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutSecrets } from '../../../../../server/src/node/cli/guard/without-secrets.ts';

test('what a package manager prints is shown without credentials', () => {
  const made = `secret-${process.pid}-of-this-run`;
  const texts = new Map([
    ['file:///a/.npmrc', `//r.example.test/:_authToken=${made}1\nemail=\${ANY_NAME}\n`],
    ['file:///a/.yarnrc.yml', `npmAuthIdent: "${made}2"\n`],
    [
      'file:///a/bunfig.toml',
      `[install]\nregistry = { url = "https://r.example.test/", token = "${made}3" }\n`,
    ],
    ['file:///a/package.json', '{ "scripts": { "a": "echo $HOME" } }'],
  ]);
  const environment = { ANY_NAME: `${made}4`, DEPLOY_TOKEN: `${made}5`, HOME: '/home/ana' };
  const output = [1, 2, 3, 4, 5].map((part) => `${made}${part}`).join(' ');
  const rest = `https://ana:${made}6@r.example.test/ Bearer ${made}7 npm_${'a'.repeat(36)} /home/ana`;
  const shown = withoutSecrets(`${output} ${rest}`, texts, environment);
  assert.ok(!shown.includes(made), shown);
  assert.equal(shown, '*** *** *** *** *** https://***@r.example.test/ Bearer *** *** /home/ana');
});
