import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { changeOf } from '../../../server/src/core/read/text/text-change.ts';
import { TEST_REGISTRY } from '../../workspace.ts';
import { type Harness, manifest, openHarness } from './session-harness.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const FILES: Record<string, string> = {};
for (const project of ['a', 'b']) {
  FILES[`${project}/package.json`] = manifest({
    name: project,
    dependencies: { 'left-pad': '*', lodahs: '1.0.0' },
  });
  FILES[`${project}/package-lock.json`] = manifest({
    name: project,
    lockfileVersion: 3,
    packages: {
      '': { name: project, dependencies: { 'left-pad': '*', lodahs: '1.0.0' } },
      'node_modules/left-pad': {
        version: '1.0.0',
        resolved: `${TEST_REGISTRY}left-pad/-/left-pad-1.0.0.tgz`,
      },
      'node_modules/lodahs': { version: '1.0.0', resolved: 'http://evil.example.test/lodahs-1.0.0.tgz' },
    },
  });
}

/** A separate function, so that no variable of a test keeps objects alive. */
async function open({ session, uri }: Harness, project: string): Promise<WeakRef<object>[]> {
  for (const name of ['package.json', 'package-lock.json']) {
    session.setOverlay(uri(`${project}/${name}`), FILES[`${project}/${name}`]!);
    await session.ensureProject(uri(`${project}/${name}`));
  }
  return watched({ session, uri }, project);
}

/** Checks both files, and returns objects of the lockfile. */
function watched({ session, uri }: Pick<Harness, 'session' | 'uri'>, project: string): WeakRef<object>[] {
  const snapshot = session.snapshot();
  const lockfile = uri(`${project}/package-lock.json`);
  const { findings } = snapshot.diagnose(lockfile);
  assert.ok(snapshot.diagnose(uri(`${project}/package.json`)).findings.length > 0);
  assert.ok(findings.length > 0 && snapshot.fixesOf(findings[0]!).length > 0);
  const built = snapshot.projectOf(lockfile)!;
  return [built.project.lockfile!, built.project.lockfile!.entries[0]!, built, snapshot].map(
    (each) => new WeakRef<object>(each),
  );
}

function type({ session, uri }: Harness, project: string, version: string): void {
  const file = uri(`${project}/package-lock.json`);
  const text = session.snapshot().textOf(file)!;
  const start = text.indexOf('"version": "') + '"version": "'.length;
  const span = { start, end: text.indexOf('"', start) };
  const after = text.slice(0, span.start) + version + text.slice(span.end);
  session.setOverlay(file, after, changeOf(span, version));
}

async function alive(all: readonly WeakRef<object>[]): Promise<readonly string[]> {
  for (let round = 0; round < 3; round++) {
    await setImmediate();
    collect();
  }
  const names = ['the lockfile', 'an entry', 'its project', 'the snapshot'];
  return all.flatMap((each, at) => (each.deref() === undefined ? [] : names[at]!));
}

describe('nothing of a lockfile is reachable', () => {
  test('after its document was closed outside of every folder', async () => {
    const harness = openHarness(FILES, { folders: ['elsewhere'] });
    const { session, uri } = harness;
    const watchedOnes = await open(harness, 'a');
    await open(harness, 'b');
    for (const name of ['package.json', 'package-lock.json']) await session.removeOverlay(uri(`a/${name}`));
    session.snapshot();
    assert.deepEqual(await alive(watchedOnes), []);
  });

  test('after its folder was closed', async () => {
    const harness = openHarness(FILES);
    const { session, uri } = harness;
    const watchedOnes = await open(harness, 'a');
    for (const name of ['package.json', 'package-lock.json']) await session.removeOverlay(uri(`a/${name}`));
    session.setFolders([]);
    session.snapshot();
    assert.deepEqual(await alive(watchedOnes), []);
  });

  test('after its folder was closed while its documents were being closed', async () => {
    const harness = openHarness(FILES);
    const { session, uri } = harness;
    const watchedOnes = await open(harness, 'a');
    const closing = ['package.json', 'package-lock.json'].map((name) =>
      session.removeOverlay(uri(`a/${name}`)),
    );
    session.setFolders([]);
    await Promise.all(closing);
    assert.equal(session.snapshot().textOf(uri('a/package-lock.json')), undefined);
    assert.deepEqual(await alive(watchedOnes), []);
  });

  test('after it was edited, although what was found in another project is kept', async () => {
    const harness = openHarness(FILES);
    const { session, uri } = harness;
    await open(harness, 'b');
    const before = await open(harness, 'a');
    // The check of the other project belongs to the snapshot with the first text, and is not repeated.
    watched(harness, 'b');
    const { unitRuns } = session;
    for (const version of ['1.0.1', '1.0.2']) {
      type(harness, 'a', version);
      watched(harness, 'a');
    }
    session.snapshot().diagnose(uri('b/package-lock.json'));
    assert.ok(session.unitRuns - unitRuns <= 4, `${session.unitRuns - unitRuns} runs`);
    assert.deepEqual(await alive(before), []);
  });
});

describe('the copy of a text that the disk had', () => {
  test('is let go of with the first edit, and read again when the document is closed', async () => {
    const harness = openHarness(FILES);
    const { session, uri, reads } = harness;
    const file = uri('a/package-lock.json');
    await session.ensureProject(uri('a/package.json'));
    session.setOverlay(file, FILES['a/package-lock.json']!);
    type(harness, 'a', '1.0.1');
    const { length } = reads;
    await session.removeOverlay(file);
    assert.deepEqual(reads.slice(length), ['a/package-lock.json']);
    assert.equal(session.snapshot().textOf(file), FILES['a/package-lock.json']);
  });
});
