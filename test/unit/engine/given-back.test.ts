import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { relativeUri } from '../../../server/src/core/read/text/paths/uri.ts';
import { changeOf } from '../../../server/src/core/read/text/text-change.ts';
import { ROOT, TEST_REGISTRY } from '../../workspace.ts';
import { type Harness, manifest, openHarness } from './session-harness.ts';

const PROJECTS = 20;
const PACKAGES = 1_000;
const MEBIBYTE = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Returns the memory in use after garbage collection, in MiB. */
async function used(): Promise<number> {
  // The target of a weak reference stays alive until the current job ends.
  await setImmediate();
  for (let round = 0; round < 3; round++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MEBIBYTE;
}

/** Returns a lockfile of about 400 kB, built on each read, so that only the session keeps it. */
function lockfileOf(project: string, registry = TEST_REGISTRY, license = 'MIT'): string {
  const packages: Record<string, object> = { '': { name: project, dependencies: { 'a-0': '^1.0.0' } } };
  for (let at = 0; at < PACKAGES; at++) {
    const name = `a-${at}`;
    packages[`node_modules/${name}`] = {
      version: '1.0.0',
      resolved: `${registry}${name}/-/${name}-1.0.0.tgz`,
      integrity: `sha512-${Buffer.alloc(64, `${project} ${name}`).toString('base64')}`,
      license,
      dependencies: { [`a-${(at * 7 + 1) % PACKAGES}`]: '^1.0.0' },
    };
  }
  return manifest({ name: project, lockfileVersion: 3, packages });
}

function openProjects(): Harness {
  return openHarness(
    {},
    {
      folders: ['elsewhere'],
      ports: {
        files: {
          read(uri) {
            const [project = '', name = ''] = relativeUri(ROOT, uri).split('/');
            const isThere = project.startsWith('p');
            const text =
              isThere && name === 'package.json'
                ? manifest({ name: project, dependencies: { 'a-0': '^1.0.0' } })
                : isThere && name === 'package-lock.json'
                  ? lockfileOf(project)
                  : undefined;
            return Promise.resolve(text === undefined ? { type: 'missing' } : { type: 'text', text });
          },
          list: () =>
            Promise.resolve([
              { name: 'package-lock.json', type: 'file' },
              { name: 'package.json', type: 'file' },
            ]),
        },
      },
    },
  );
}

/** Opens the lockfile of a project, types into it, and reads the findings each time. */
async function edit({ session, uri }: Harness, project: string, start = lockfileOf(project)): Promise<void> {
  const file = uri(`${project}/package-lock.json`);
  let text = start;
  session.setOverlay(file, text);
  await session.ensureProject(file);
  session.snapshot().diagnose(file);
  const at = text.indexOf('"1.0.0"', text.length / 2) + 1;
  for (let round = 0; round < 4; round++) {
    const span = { start: at, end: at };
    text = `${text.slice(0, at)}9${text.slice(at)}`;
    session.setOverlay(file, text, changeOf(span, '9'));
    assert.ok(session.snapshot().diagnose(file).findings.length > 0);
  }
}

describe('projects outside of every folder', () => {
  test('are given back, texts and all, when their last file is closed', async () => {
    const harness = openProjects();
    const { session, uri } = harness;
    // Allocations made once per session, and for the project that was used last.
    await edit(harness, 'p');
    await session.removeOverlay(uri('p/package-lock.json'));
    session.snapshot();
    const before = await used();
    for (let at = 0; at < PROJECTS; at++) await edit(harness, `p${at}`);
    const most = (await used()) - before;
    assert.ok(most > PROJECTS / 2, `${most} MiB`);
    for (let at = 0; at < PROJECTS; at++) await session.removeOverlay(uri(`p${at}/package-lock.json`));
    assert.deepEqual(session.snapshot().projects, []);
    const left = (await used()) - before;
    assert.ok(left < most / 10, `${left} MiB of ${most} MiB`);
  });

  test('are given back with the text that was looked at last, wherever its packages come from', async () => {
    const harness = openProjects();
    const { session, uri } = harness;
    const file = uri('p/package-lock.json');
    await edit(harness, 'p');
    await session.removeOverlay(file);
    session.snapshot();
    const before = await used();
    for (const registry of [
      TEST_REGISTRY,
      'https://mirror.example.test/npm/',
      'http://mirror.example.test/',
    ]) {
      // The names and hashes stay as many as before, so that the text is what counts.
      await edit(harness, 'p', lockfileOf('p', registry, 'MIT or '.repeat(1_000)));
      const most = (await used()) - before;
      assert.ok(most > 6, `${most} MiB`);
      await session.removeOverlay(file);
      assert.deepEqual(session.snapshot().projects, []);
      const left = (await used()) - before;
      assert.ok(left < most / 10, `${registry}: ${left} MiB of ${most} MiB`);
    }
  });

  test('are read from the disk when they are opened again', async () => {
    const harness = openProjects();
    const { session, uri } = harness;
    const file = uri('p1/package-lock.json');
    await edit(harness, 'p1');
    assert.notEqual(session.snapshot().textOf(uri('p1/package.json')), undefined);
    await session.removeOverlay(file);
    assert.equal(session.snapshot().textOf(uri('p1/package.json')), undefined);
    assert.equal(session.snapshot().textOf(file), undefined);
    session.setOverlay(file, lockfileOf('p1'));
    assert.equal((await session.ensureProject(file))?.project.lockfile?.entries.length, PACKAGES);
  });
});
