import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openFiles } from '../workspace.ts';

interface Node {
  readonly version: string;
}

interface Tree {
  readonly inventory: ReadonlyMap<string, Node>;
}

interface Arborist {
  loadVirtual(): Promise<Tree>;
  buildIdealTree(): Promise<Tree>;
}

const { Arborist: NpmArborist } = createRequire(import.meta.url)('@npmcli/arborist') as {
  readonly Arborist: new (options: {
    readonly path: string;
    readonly registry: string;
    readonly cache: string;
  }) => Arborist;
};

const VERSIONS = ['1.0.0', '1.2.0', '1.5.0', '2.0.0'];
/** Unique to each version: npm treats packages with the same hash as the same. */
const integrityOf = (version: string) => `sha512-${createHash('sha512').update(version).digest('base64')}`;

interface Case {
  readonly root?: string;
  /** The member's declaration, and that in the lockfile if it differs. */
  readonly member?: string;
  readonly recorded?: string;
  readonly rootLocked?: string;
  readonly memberLocked?: string;
  readonly section?: 'dependencies' | 'devDependencies' | 'optionalDependencies';
  /** The expected result: `passes` if npm ci keeps a mismatch, `open` if the registry decides. */
  readonly said: 'fails' | 'passes' | 'open';
}

const CASES: readonly Case[] = [
  { member: '^2.0.0', memberLocked: '1.0.0', said: 'fails' },
  { member: '^2.0.0', memberLocked: '1.0.0', section: 'optionalDependencies', said: 'fails' },
  { member: '^2.0.0', recorded: '^1.0.0', memberLocked: '1.0.0', said: 'fails' },
  { member: '^2.0.0', memberLocked: '1.0.0', root: '1.2.0', rootLocked: '1.2.0', said: 'fails' },
  { member: '~1.0.0', memberLocked: '1.5.0', root: '2.0.0', rootLocked: '2.0.0', said: 'fails' },
  { member: '^2.0.0', rootLocked: '1.0.0', said: 'fails' },
  { member: '^1.0.0', rootLocked: '2.0.0', said: 'fails' },
  { member: '^1.0.0', recorded: '^2.0.0', rootLocked: '2.0.0', said: 'fails' },
  { root: '^1.0.0', rootLocked: '2.0.0', said: 'fails' },
  { root: '^2.0.0', rootLocked: '1.2.0', said: 'fails' },
  { member: '^1.0.0', memberLocked: '2.0.0', said: 'passes' },
  { member: '1.0.0', memberLocked: '1.2.0', said: 'passes' },
  { member: '^1.0.0', recorded: '^2.0.0', memberLocked: '2.0.0', said: 'passes' },
  { member: '^1.0.0', memberLocked: '2.0.0', section: 'devDependencies', said: 'passes' },
  { member: '^1.0.0', memberLocked: '2.0.0', root: '1.2.0', rootLocked: '1.2.0', said: 'passes' },
  { member: '^2.0.0', memberLocked: '1.0.0', root: '^2.0.0', rootLocked: '2.0.0', said: 'open' },
  { member: '^1.2.0', memberLocked: '1.0.0', root: '1.2.0', rootLocked: '1.2.0', said: 'open' },
  { member: '^1.2.0', memberLocked: '1.0.0', root: '^1.1.0', rootLocked: '1.2.0', said: 'open' },
  { member: '1.0.0 || 2.0.0', memberLocked: '1.2.0', said: 'open' },
];

let server: Server;
let registry: string;
const home = realpathSync(mkdtempSync(join(tmpdir(), 'npm-ci-')));

before(async () => {
  server = createServer((request, response) => {
    const name = decodeURIComponent(request.url!.slice(1));
    const versions = VERSIONS.map((version) => [
      version,
      { name, version, dist: { tarball: tarballOf(version), integrity: integrityOf(version) } },
    ]);
    const document = { name, 'dist-tags': { latest: '2.0.0' }, versions: Object.fromEntries(versions) };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

after(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

const tarballOf = (version: string) => `${registry}x/-/x-${version}.tgz`;

function filesOf(given: Case): ReadonlyMap<string, string> {
  const { root, member, recorded = member, rootLocked, memberLocked, section = 'dependencies' } = given;
  const declares = (range: string | undefined) => (range === undefined ? {} : { x: range });
  const locked = (version: string) => ({
    version,
    resolved: tarballOf(version),
    integrity: integrityOf(version),
  });
  const shop = { name: 'shop', version: '1.0.0', workspaces: ['packages/*'], dependencies: declares(root) };
  const app = (range: string | undefined) => ({ name: 'app', version: '1.0.0', [section]: declares(range) });
  const packages = {
    '': shop,
    'packages/app': app(recorded),
    'node_modules/app': { resolved: 'packages/app', link: true },
    ...(rootLocked === undefined ? {} : { 'node_modules/x': locked(rootLocked) }),
    ...(memberLocked === undefined ? {} : { 'packages/app/node_modules/x': locked(memberLocked) }),
  };
  return new Map(
    Object.entries({
      'package.json': shop,
      'packages/app/package.json': app(member),
      'package-lock.json': { name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true, packages },
    }).map(([path, content]) => [path, JSON.stringify(content)]),
  );
}

/**
 * Checks whether `npm ci` refuses to install: there are packages that it would have to place and that are not
 * locked there.
 */
async function refused(files: ReadonlyMap<string, string>, name: string): Promise<boolean> {
  const path = join(home, name);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  const options = { path, registry, cache: join(home, 'cache') };
  const { inventory } = await new NpmArborist(options).loadVirtual();
  const npm = new NpmArborist(options);
  await npm.loadVirtual();
  const ideal = await npm.buildIdealTree();
  return [...ideal.inventory].some(([place, { version }]) => inventory.get(place)?.version !== version);
}

describe('npm ci fails where it is said to, and nowhere else', () => {
  CASES.forEach(({ said, ...given }, index) => {
    test(JSON.stringify(given), async () => {
      const files = filesOf({ said, ...given });
      const workspace = await openFiles(files);
      const messages = workspace.findings('lockfile-out-of-sync').map(({ message }) => message);
      assert.equal(messages.length, 1);
      const words = {
        fails: /npm ci fails/,
        passes: /npm ci still installs/,
        open: /update the lockfile\.$/i,
      };
      assert.match(messages[0]!, words[said]);
      if (said === 'open') assert.doesNotMatch(messages[0]!, /npm ci/);
      else assert.equal(await refused(files, `${index}`), said === 'fails');
    });
  });
});
