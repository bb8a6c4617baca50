import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { createSession } from '../../../../server/src/engine/create-session.ts';
import type { HttpPort } from '../../../../server/src/engine/ports.ts';
import { DEFAULT_SETTINGS } from '../../../../server/src/engine/settings.ts';
import { createDiskFiles, uriOfPath } from '../../../../server/src/node/disk-files.ts';
import { openWorkspace, settled, TEST_REGISTRY, testPorts } from '../../../workspace.ts';

/** Answers nothing, and records the requests. */
function recorder(): { readonly http: HttpPort; readonly asked: string[] } {
  const asked: string[] = [];
  const note = async ({ url }: { readonly url: string }) => {
    asked.push(url);
    return { type: 'answer', status: 404, headers: new Map(), body: '{}' } as const;
  };
  return { http: { get: note, post: note }, asked };
}

type Content = string | Buffer | { readonly link: string } | 'a folder';
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const POLICY = JSON.stringify({ privateScopes: ['@acme'], internalNames: ['acme-utils'] });
const MANIFEST = JSON.stringify({
  name: 'shop',
  dependencies: { '@acme/ui': '1.0.0', 'acme-utils': '1.0.0', 'left-pad': '1.0.0' },
});

/** Returns the requests of a trusted online session for a project on disk. */
async function askedOf(files: Readonly<Record<string, Content>>): Promise<readonly string[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dephygiene-')));
  const root = join(folder, 'project');
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === 'a folder') mkdirSync(file);
    else if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, file);
    else writeFileSync(file, content);
  }
  writeFileSync(join(folder, 'outside'), POLICY);
  try {
    const { http, asked } = recorder();
    const uri = uriOfPath(root);
    const session = createSession({
      ...testPorts(new Map(), { http }),
      files: createDiskFiles(() => [uri]),
    });
    session.configure({ ...DEFAULT_SETTINGS, online: true, trusted: true });
    session.setFolders([uri]);
    await session.loadFolder(uri);
    await settled(session);
    return asked;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a file that may declare names private and cannot be read keeps all of them', () => {
  const npmrc = '@acme:registry=https://npm.acme.example.test/\n';
  const lockfile = '{ "lockfileVersion": 3, "packages": { "": {} } }';
  const cases: Readonly<Record<string, Readonly<Record<string, Content>>>> = {
    'a policy in UTF-16': { 'dependency-hygiene.json': utf16(POLICY) },
    'a policy that is a folder': { 'dependency-hygiene.json': 'a folder' },
    'a policy that is a link outside': { 'dependency-hygiene.json': { link: '../outside' } },
    'a policy that is cut off': { 'dependency-hygiene.json': POLICY.slice(0, 20) },
    'a policy with conflict markers': { 'dependency-hygiene.json': `<<<<<<< a\n${POLICY}\n=======\n` },
    'a policy whose scopes are no list': { 'dependency-hygiene.json': '{ "privateScopes": "@acme" }' },
    'a policy with a number for a scope': { 'dependency-hygiene.json': '{ "privateScopes": [7] }' },
    'a policy with a misspelled key': { 'dependency-hygiene.json': '{ "privateScope": ["@acme"] }' },
    'a policy with its list twice': {
      'dependency-hygiene.json': '{ "privateScopes": ["@acme"], "privateScopes": [] }',
    },
    'an .npmrc in UTF-16': { '.npmrc': utf16(npmrc) },
    'an .npmrc that is a folder': { '.npmrc': 'a folder' },
    'an .npmrc that is a link outside': { '.npmrc': { link: '../outside' } },
    'a .yarnrc.yml that is a link outside': { '.yarnrc.yml': { link: '../outside' }, 'yarn.lock': '' },
    'a bunfig.toml in UTF-16': { 'bunfig.toml': utf16('[install.scopes]\nacme = "https://a.test"\n') },
    'a lockfile with a NUL': { 'package-lock.json': `${lockfile}\0` },
    'a lockfile that is no JSON': { 'package-lock.json': 'resolved https://npm.acme.example.test' },
  };
  for (const [title, files] of Object.entries(cases)) {
    test(title, async () => {
      const asked = await askedOf({ 'package.json': MANIFEST, ...files });
      assert.deepEqual(asked, []);
    });
  }

  test('a lockfile that is cut off keeps what it has no entry of', async () => {
    const cut = `{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/left-pad": { "version": "1.0.0", "integrity": "sha512-a" }, "node_modules/acme-u`;
    const asked = await askedOf({ 'package.json': MANIFEST, 'package-lock.json': cut });
    assert.ok(asked.length > 0);
    assert.ok(!asked.some((url) => url.includes('acme')));
  });

  test('whole files keep what they declare, and no more', async () => {
    const asked = await askedOf({
      ...{ 'package.json': MANIFEST, 'dependency-hygiene.json': POLICY },
      ...{ '.npmrc': 'fund=false\n', 'package-lock.json': lockfile },
    });
    assert.ok(asked.some((url) => url === `${TEST_REGISTRY}left-pad`));
    assert.ok(!asked.some((url) => url.includes('acme')));
  });
});

describe('a nested file takes nothing from the private names above it', () => {
  const nested = (policy: string) => ({
    'package.json': '{}',
    'dependency-hygiene.json': POLICY,
    'apps/web/package.json': MANIFEST,
    'apps/web/dependency-hygiene.json': policy,
  });
  for (const policy of [
    '{}',
    '{ "privateScopes": [], "internalNames": [] }',
    `{ "privateScopes": [{ "scope": "@acme", "registry": "${TEST_REGISTRY}" }] }`,
  ]) {
    test(policy, async () => {
      const asked = await askedOf(nested(policy));
      assert.ok(asked.some((url) => url.endsWith('/left-pad')));
      assert.ok(!asked.some((url) => url.includes('acme')), asked.join('\n'));
    });
  }

  test('and adds its own', async () => {
    const asked = await askedOf(nested('{ "internalNames": ["left-pad"] }'));
    assert.deepEqual(asked, []);
  });

  test('nor does an .npmrc that gives the scope to the public registry', async () => {
    const asked = await askedOf({
      'package.json': '{}',
      '.npmrc': '@acme:registry=https://npm.acme.example.test/\n',
      'apps/web/package.json': '{ "dependencies": { "@acme/ui": "1.0.0" } }',
      'apps/web/.npmrc': `@acme:registry=${TEST_REGISTRY}\n`,
    });
    assert.deepEqual(asked, []);
  });
});

describe('an open registry under another of its names is not told of private packages', () => {
  const OPEN = ['public.example.test', 'mirror.example.test'];
  const spellings = [
    'https://registry.public.example.test./',
    'https://registry.public%2eexample.test/',
    'https://registry.public。example.test/',
    'https://registry.public.example.test:0443/',
    'https://REGISTRY.public.example.test:443/',
    'https://www.public.example.test/',
    'http://mirror.example.test/npm/',
  ];
  for (const registry of spellings) {
    test(registry, async () => {
      const { http, asked } = recorder();
      const source = `-- package.json --
{ "dependencies": { "@acme/ui": "1.0.0", "@ACME/more": "1.0.0", "left-pad": "1.0.0" } }
-- dependency-hygiene.json --
{ "privateScopes": ["@acme"] }
-- .npmrc --
registry=${registry}
`;
      const { session } = await openWorkspace(source, {
        ...{ http, openHosts: OPEN },
        settings: { online: true, trusted: true },
      });
      await settled(session);
      assert.ok(asked.some((url) => url.endsWith('/left-pad')));
      assert.ok(!asked.some((url) => /acme/i.test(url)), asked.join('\n'));
    });
  }

  test('where only a file above names the mirror', async () => {
    const { http, asked } = recorder();
    const mirror = 'https://mirror.acme.example.test/npm/';
    const { session } = await openWorkspace(
      `-- package.json --
{}
-- dependency-hygiene.json --
{ "mirrors": ["${mirror}"], "privateScopes": ["@acme"] }
-- apps/web/package.json --
{ "dependencies": { "@acme/ui": "1.0.0", "left-pad": "1.0.0" } }
-- apps/web/dependency-hygiene.json --
{}
`,
      {
        ...{ http, userNpmrc: `registry=${mirror}\n` },
        settings: { online: true, trusted: true },
      },
    );
    await settled(session);
    assert.ok(asked.some((url) => url === `${mirror}left-pad`));
    assert.ok(!asked.some((url) => url.includes('@acme')), asked.join('\n'));
  });

  test("in a project of Yarn's, where only the user's .npmrc gives the scope a registry", async () => {
    const { http, asked } = recorder();
    const { session } = await openWorkspace(
      `-- package.json --
{ "packageManager": "yarn@4.18.1", "dependencies": { "@acme/ui": "1.0.0", "left-pad": "1.0.0" } }
`,
      {
        ...{ http, userNpmrc: '@acme:registry=https://npm.acme.example.test/\n' },
        settings: { online: true, trusted: true },
      },
    );
    await settled(session);
    assert.ok(asked.some((url) => url.endsWith('/left-pad')));
    assert.ok(!asked.some((url) => url.includes('acme')), asked.join('\n'));
  });

  test("where the project's file gives to an open registry what the user's gives to a private one", async () => {
    for (const user of ['@acme', '@ACME']) {
      const { http, asked } = recorder();
      const { session } = await openWorkspace(
        `-- package.json --
{ "dependencies": { "@acme/ui": "1.0.0", "left-pad": "1.0.0" } }
-- .npmrc --
@acme:registry=https://mirror.example.test/
`,
        {
          ...{ http, openHosts: ['mirror.example.test'] },
          userNpmrc: `${user}:registry=https://npm.acme.example.test/\n`,
          settings: { online: true, trusted: true },
        },
      );
      await settled(session);
      assert.ok(asked.some((url) => url.endsWith('/left-pad')));
      assert.ok(!asked.some((url) => url.includes('acme')), asked.join('\n'));
    }
  });

  test('while an editor shows a file of another encoding, as while it is on the disk alone', async () => {
    const { http, asked } = recorder();
    const { session, uri } = await openWorkspace(
      `-- package.json --
{ "dependencies": { "@acme/ui": "1.0.0", "left-pad": "1.0.0" } }
-- .npmrc --
fund=false
`,
      { ...{ http }, settings: { online: true, trusted: false } },
    );
    const shown = Buffer.from('@acme:registry=https://npm.acme.example.test/\n', 'utf16le').toString();
    session.setOverlay(uri('.npmrc'), shown);
    session.configure({ online: true, trusted: true, severities: new Map(), policyFile: undefined });
    await settled(session);
    assert.equal(asked.length, 0, asked.join('\n'));
    session.setOverlay(uri('.npmrc'), 'fund=false\n');
    await settled(session);
    assert.ok(asked.some((url) => url.endsWith('/left-pad')));
  });
});
