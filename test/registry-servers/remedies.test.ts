import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { planRemedies } from '../../server/src/core/judge/remedy/plan-remedies.ts';
import { changedBy, remedyContext } from '../unit/judge/remedy/remedy-harness.ts';
import {
  FIRST_PACKAGES,
  LATER_PACKAGES,
  laterDocuments,
  STALE_ADVISORIES,
  STALE_CASES,
  STALE_DEPENDENCIES,
} from '../unit/judge/remedy/stale-project.ts';
import { makeHome } from './support/home.ts';
import { askingOnly, type Client, runClient } from './support/package-managers.ts';
import { startRecordedRegistry } from './support/recorded-registry.ts';

interface Managed {
  readonly lockfile: string;
  readonly install: string;
  /** The field of package.json that has overrides. */
  readonly overrides: object;
  /** Files beside package.json. */
  readonly files: Readonly<Record<string, string>>;
}

const MANAGED: Readonly<Record<Client, Managed>> = {
  npm: {
    lockfile: 'package-lock.json',
    install: 'npm install --package-lock-only --ignore-scripts',
    overrides: { overrides: { kept: '1.0.0' } },
    files: {},
  },
  pnpm: {
    lockfile: 'pnpm-lock.yaml',
    install: 'pnpm install --lockfile-only --ignore-scripts',
    overrides: {},
    files: { 'pnpm-workspace.yaml': 'overrides:\n  kept: 1.0.0\n' },
  },
  'yarn-classic': {
    lockfile: 'yarn.lock',
    install: 'yarn install --ignore-scripts',
    overrides: { resolutions: { kept: '1.0.0' } },
    files: {},
  },
  'yarn-berry': {
    lockfile: 'yarn.lock',
    install: 'yarn install --mode=update-lockfile',
    overrides: { resolutions: { kept: '1.0.0' } },
    files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
  },
};

/**
 * Creates a project that the real client locked while the registry had only vulnerable versions; the registry received
 * the others later.
 */
async function staleProject(client: Client) {
  const { lockfile, install, overrides, files } = MANAGED[client];
  const registry = await startRecordedRegistry({ packages: FIRST_PACKAGES });
  const asking = askingOnly(registry.url);
  const home = makeHome({ npmrc: asking.files['.npmrc']!, env: asking.env });
  const cwd = realpathSync(mkdtempSync(path.join(tmpdir(), 'remedies-')));
  const manifest = {
    name: 'shop',
    version: '1.0.0',
    private: true,
    dependencies: STALE_DEPENDENCIES,
    ...overrides,
  };
  const texts = { 'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`, ...asking.files, ...files };
  const write = (changed: Iterable<readonly [string, string]>) => {
    for (const [name, text] of changed) {
      mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
      writeFileSync(path.join(cwd, name), text);
    }
  };
  const run = async (command: string) => {
    const { code, output } = await runClient(client, command, { cwd, env: home.env });
    assert.equal(code, 0, `${command}\n${output}`);
  };
  write(Object.entries(texts));
  await run(install);
  for (const fixture of LATER_PACKAGES) registry.put(fixture);
  // The clients' caches of the registry's responses are a few seconds old.
  for (const cache of ['cache', 'npm-cache'])
    rmSync(path.join(home.folder, cache), { recursive: true, force: true });
  return {
    write,
    run,
    contextNow() {
      const names = [...Object.keys(texts), lockfile].filter((name) => name !== '.npmrc');
      const now = new Map(names.map((name) => [name, readFileSync(path.join(cwd, name), 'utf8')]));
      const context = remedyContext(now, { advisories: STALE_ADVISORIES, registry: laterDocuments() });
      return context.then((found) => ({ files: now, context: found }));
    },
    async close() {
      await registry.close();
      for (const folder of [cwd, home.folder]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

for (const client of Object.keys(MANAGED) as Client[]) {
  describe(`plans that the real ${client} carries out`, () => {
    test('each locks the version that it names, and nothing bad is left after all of them', async () => {
      const project = await staleProject(client);
      try {
        for (const { bad, locks } of STALE_CASES) {
          const before = await project.contextNow();
          const affected = before.context.advisories.affecting(bad.name, bad.version);
          assert.ok(affected.length > 0, bad.name);
          const [remedy] = planRemedies(before.context, bad);
          assert.ok(remedy?.command, `${bad.name} has a plan`);
          project.write(changedBy(remedy, before.files));
          await project.run(remedy.command);
          const { context } = await project.contextNow();
          const locked = context.project
            .lockfile!.entries.filter(({ name }) => name === bad.name)
            .map(({ version }) => version!.value);
          assert.deepEqual(new Set(locked), new Set(locks), `${bad.name} after ${remedy.title}`);
          for (const version of locked) assert.deepEqual(context.advisories.affecting(bad.name, version), []);
        }
        const { context } = await project.contextNow();
        const bad = context.project.lockfile!.entries.filter(
          ({ name, version }) => context.advisories.affecting(name, version!.value).length > 0,
        );
        assert.deepEqual(
          bad.map(({ key }) => key),
          [],
        );
      } finally {
        await project.close();
      }
    });
  });
}
