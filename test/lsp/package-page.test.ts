import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpPort, HttpRequest } from '../../server/src/engine/ports.ts';
import type {
  PackageQuestion,
  PackageResult,
  WebPage,
  WebPageResult,
} from '../../server/src/lsp/messages.ts';
import { assertHarmless, HOSTILE, hostilePackument, hostileProject } from '../hostile-text.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { samplePackument } from '../unit/know/registry/sample-packument.ts';
import { rowsOf, sectionOf, textIn } from '../unit/show/report/html/page-of.ts';
import { indexOf } from '../workspace.ts';
import { type ClientOptions, FOLDER, startClient, type TestClient } from './test-client.ts';

const NONCE = 'n'.repeat(32);
const MANIFEST = `${FOLDER}/package.json`;
const FILES = {
  'package.json': '{ "name": "shop", "dependencies": { "left-pad": "^1.0.0" } }\n',
  'package-lock.json': JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', dependencies: { 'left-pad': '^1.0.0' } },
      'node_modules/left-pad': { version: '1.0.0', dependencies: { wrappy: '^1.0.0' } },
      'node_modules/wrappy': { version: '1.0.2', hasInstallScript: true },
    },
  }),
  'node_modules/wrappy/package.json':
    '{ "name": "wrappy", "version": "1.0.2", "scripts": { "postinstall": "node setup.js" } }\n',
  'node_modules/wrappy/setup.js':
    'fetch("https://files.example.test/a");\n// </pre><script>alert(1)</script>\n',
};
const http: HttpPort = {
  async get({ url }) {
    const name = new URL(url).pathname.slice(1);
    const isKnown = name === 'left-pad';
    const body = JSON.stringify(isKnown ? samplePackument() : {});
    return { type: 'answer', status: isKnown ? 200 : 404, headers: new Map(), body };
  },
};

function start(options: Partial<ClientOptions> = {}): Promise<TestClient> {
  const advisory = osv('GHSA-2222-3333-4444', 'left-pad', '0 1.1.0', { title: 'Pads <too> much' });
  return startClient({
    files: FILES,
    initializationOptions: { trusted: true },
    ports: { advisories: () => indexOf([advisory]) },
    http,
    ...options,
  });
}

const request = <T>(client: TestClient, command: string, argument: unknown) =>
  client.connection.sendRequest<T>('workspace/executeCommand', {
    command: `dependencyHygiene.server.${command}`,
    arguments: [argument],
  });

async function pageOf(client: TestClient, of: PackageQuestion, more: object = {}): Promise<WebPage> {
  const result = await request<WebPageResult>(client, 'packagePage', { ...of, nonce: NONCE, ...more });
  assert.ok('page' in result, JSON.stringify(result));
  return result.page;
}

describe('the page of a package', () => {
  test('is that of the package at the cursor, wherever it is named', async () => {
    const client = await start();
    await client.open(MANIFEST);
    const { start: position } = client.rangeOf(MANIFEST, 'left-pad');
    const found = await request<PackageResult>(client, 'findPackage', { uri: MANIFEST, position });
    const uri = `${FOLDER}/package-lock.json`;
    assert.deepEqual(found, { of: { package: 'left-pad', version: '1.0.0', uri } });
    const elsewhere = await request<PackageResult>(client, 'findPackage', {
      uri: MANIFEST,
      position: { line: 0, character: 0 },
    });
    assert.ok('choices' in elsewhere);
    assert.deepEqual(
      elsewhere.choices.map(({ label }) => label),
      ['left-pad 1.0.0', 'wrappy 1.0.2'],
    );
    await client.close();
  });

  test('is about the version that is declared exactly, where none is locked', async () => {
    const files = { 'package.json': '{ "name": "shop", "dependencies": { "left-pad": "1.0.0" } }\n' };
    const client = await start({ files });
    await client.open(MANIFEST);
    const { start: position } = client.rangeOf(MANIFEST, 'left-pad');
    const found = await request<PackageResult>(client, 'findPackage', { uri: MANIFEST, position });
    assert.deepEqual(found, { of: { package: 'left-pad', version: '1.0.0', uri: MANIFEST } });
    const { title, html } = await pageOf(client, { package: 'left-pad', version: '1.0.0', uri: MANIFEST });
    assert.equal(title, 'left-pad 1.0.0');
    assert.match(textIn(sectionOf(html, 'overview')), /1 known vulnerability.*fixed in 1\.1\.0/);
    // So that a narrow page breaks no version.
    assert.match(html, /<th scope="col" class="version">Fixed in<\/th>/);
    await client.close();
  });

  test('has a verdict, advisories, paths, changes and releases of what registry and lockfile state', async () => {
    const client = await start();
    const { title, html, targets } = await pageOf(client, { package: 'left-pad', uri: MANIFEST });
    assert.equal(title, 'left-pad 1.0.0');
    assert.match(textIn(sectionOf(html, 'overview')), /1 known vulnerability.*fixed in 1\.1\.0/);
    const [advisory] = rowsOf(html, 'Advisories on 1.0.0');
    assert.equal(advisory?.[0], 'GHSA-2222-3333-4444');
    assert.equal(advisory?.[2], 'Pads <too> much');
    assert.match(sectionOf(html, 'why'), /aria-label="Dependency path: left-pad 1\.0\.0"/);
    const changes = rowsOf(html, 'From 1.0.0 to 1.2.0');
    assert.deepEqual(
      changes.find(([what]) => what === 'publisher'),
      ['publisher', 'anna', 'bert'],
    );
    assert.deepEqual(
      changes.find(([what]) => what === 'postinstall'),
      ['postinstall', 'none', 'node install.js'],
    );
    assert.deepEqual(
      rowsOf(html, 'The latest releases').map(([version, , , publisher, , , remarks]) => [
        version,
        publisher,
        remarks,
      ]),
      [
        ['1.2.0', 'bert', 'latest'],
        ['1.1.0', 'anna', 'deprecated'],
        ['1.0.0', 'anna', 'locked, known vulnerabilities'],
      ],
    );
    assert.deepEqual(
      rowsOf(html, 'Publishers over time').map(([publisher, versions]) => [publisher, versions]),
      [
        ['bert', '1.2.0'],
        ['anna', '1.0.0 to 1.1.0'],
      ],
    );
    assert.ok(targets.some((target) => 'url' in target && target.url.endsWith('/GHSA-2222-3333-4444')));
    assert.ok(targets.some((target) => 'uri' in target && target.uri === MANIFEST));
    await client.close();
  });

  test('shows the text of install scripts, and what the installed code can do', async () => {
    const client = await start();
    const { html } = await pageOf(client, { package: 'wrappy', version: '1.0.2' });
    const scripts = sectionOf(html, 'scripts');
    assert.match(textIn(scripts), /postinstall node setup\.js/);
    assert.match(scripts, /fetch\(&quot;https:\/\/files\.example\.test\/a&quot;\);\n/);
    assert.ok(!html.includes('<script>'));
    assert.match(textIn(sectionOf(html, 'code')), /network files\.example\.test, requests setup\.js:1/);
    assert.match(sectionOf(html, 'why'), /left-pad 1\.0\.0 → wrappy 1\.0\.2/);
    assert.match(textIn(sectionOf(html, 'releases')), /Unknown: the registry has no package of this name/);
    await client.close();
  });

  test('in an untrusted folder asks nobody, and says what is unknown; a verification asks', async () => {
    const asked: HttpRequest[] = [];
    const counting: HttpPort = {
      get(one) {
        asked.push(one);
        return http.get(one);
      },
    };
    const client = await start({ initializationOptions: { trusted: false }, http: counting });
    const of = { package: 'left-pad', uri: MANIFEST };
    const { html } = await pageOf(client, of);
    assert.deepEqual(asked, []);
    assert.match(textIn(sectionOf(html, 'releases')), /^Release timeline Unknown: .*not trusted/);
    assert.match(textIn(sectionOf(html, 'overview')), /1 known vulnerability/);
    const verified = await pageOf(client, of, { verify: true });
    assert.ok(asked.length > 0);
    assert.match(textIn(sectionOf(verified.html, 'verification')), /Results of the checks/);
    assert.match(textIn(sectionOf(verified.html, 'releases')), /1\.2\.0/);
    await client.close();
  });

  test('passes nothing of which some part is unknown', async () => {
    const client = await start({ ports: { advisories: () => indexOf([]) } });
    const { html } = await pageOf(client, { package: 'wrappy' });
    assert.doesNotMatch(sectionOf(html, 'overview'), /class="verdict passed"/);
    await client.close();
  });

  test('says what it pulls in, as its card does, and until when that is ignored', async () => {
    const advisory = osv('GHSA-2222-3333-4444', 'wrappy', '0 1.1.0');
    const ports = { advisories: () => indexOf([advisory]) };
    const of = { package: 'left-pad', uri: MANIFEST };
    const plain = await start({ ports });
    const { html } = await pageOf(plain, of);
    assert.match(sectionOf(html, 'overview'), /class="verdict failed"/);
    assert.match(
      textIn(sectionOf(html, 'overview')),
      /^Overview Pulls in 1 vulnerable package: wrappy 1\.0\.2/,
    );
    await plain.close();

    const ignore = { rule: 'vulnerable-dependency', id: 'GHSA-2222-3333-4444', package: 'wrappy' };
    const policy = { ignores: [{ ...ignore, reason: 'not reachable', expires: '2026-12-15' }] };
    const files = { ...FILES, 'dependency-hygiene.json': JSON.stringify(policy) };
    const ignoring = await start({ ports, files });
    const accepted = textIn(sectionOf((await pageOf(ignoring, of)).html, 'overview'));
    assert.match(
      accepted,
      /^Overview Pulls in 1 vulnerable package: wrappy 1\.0\.2, ignored until 15 Dec 2026/,
    );
    await ignoring.close();
  });

  test('permits its own style and script by the nonce alone, and takes no other nonce', async () => {
    const client = await start();
    const of = { package: 'left-pad', uri: MANIFEST };
    const { html } = await pageOf(client, of);
    assert.match(
      html,
      new RegExp(
        `content="default-src 'none'; style-src 'nonce-${NONCE}'; script-src 'nonce-${NONCE}'; base-uri 'none'; form-action 'none'"`,
      ),
    );
    assert.doesNotMatch(html, / style="| on\w+="|src="/);
    for (const nonce of [undefined, '', 'short', `${NONCE}'`, `${NONCE} `, 7]) {
      const result = await request<WebPageResult>(client, 'packagePage', { ...of, nonce });
      assert.ok('problem' in result, String(nonce));
    }
    await client.close();
  });

  test('takes no text of a project or registry for HTML', async () => {
    const evil = `</title><img src=x onerror=alert(1)>"'${HOSTILE}`;
    const packument = { ...hostilePackument('left-pad'), description: evil, homepage: 'javascript:alert(1)' };
    const client = await start({
      files: hostileProject(),
      http: {
        get: async () => ({
          type: 'answer',
          status: 200,
          headers: new Map(),
          body: JSON.stringify(packument),
        }),
      },
    });
    const { html, targets } = await pageOf(client, { package: 'left-pad', uri: MANIFEST });
    assert.doesNotMatch(html, /<img|javascript:/);
    assertHarmless(html, 'page', { lines: true });
    for (const target of targets) if ('url' in target) assert.match(target.url, /^https:/);
    await client.close();
  });
});
