import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Snapshot } from '../../../server/src/engine/session.ts';
import { findingsOf, TEST_REGISTRY } from '../../workspace.ts';
import { loadHarness, manifest } from './session-harness.ts';

const ONE = manifest({ dependencies: { lodahs: '1.0.0' } });
const TWO = `\n\n${manifest({ name: 'two', dependencies: { 'left-pad': '1.0.0', lodahs: '1.0.0', reacct: '1.0.0' } })}`;

/** Returns everything that a snapshot reports as one string. */
function saysAll(snapshot: Snapshot): string {
  const findings = findingsOf(snapshot).map((finding) => ({
    ...finding,
    fixes: snapshot.fixesOf(finding).map(({ title, edits }) => ({ title, edits })),
  }));
  const projects = snapshot.projects.map(({ project, statuses, files }) => ({
    names: [...project.memberNames],
    registry: project.npmConfig.registryFor('@acme/a').url,
    statuses,
    texts: [...files.keys()].map((uri) => [uri, snapshot.textOf(uri), snapshot.projectOf(uri) !== undefined]),
  }));
  return JSON.stringify({ findings, projects });
}

describe('a snapshot', () => {
  test('says the same after edits, changes on the disk and other settings', async () => {
    const harness = await loadHarness({
      'package.json': ONE,
      '.npmrc': '@acme:registry=https://one.example.test/\n',
      'dependency-hygiene.json': manifest(),
    });
    const { session, uri, disk } = harness;
    const snapshot = session.snapshot();
    const said = saysAll(snapshot);
    assert.match(said, /lodahs/);

    session.setOverlay(uri('package.json'), TWO);
    assert.equal(saysAll(snapshot), said, 'after an edit');
    assert.notEqual(saysAll(session.snapshot()), said);
    assert.equal(saysAll(snapshot), said, 'after the newer one was asked');

    disk.write('.npmrc', '@acme:registry=https://two.example.test/\n');
    disk.remove('dependency-hygiene.json');
    await session.filesChanged([uri('.npmrc'), uri('dependency-hygiene.json')]);
    session.configure({
      online: false,
      trusted: true,
      severities: new Map([['typosquat-name', 'off']]),
      policyFile: undefined,
    });
    session.setFolders([]);
    assert.equal(saysAll(snapshot), said, 'after everything else');
    assert.deepEqual(session.snapshot().projects, []);
  });

  test('that was never asked before the edit answers with its own texts', async () => {
    const { session, uri } = await loadHarness({ 'package.json': ONE });
    const untouched = session.snapshot();
    session.setOverlay(uri('package.json'), TWO);
    assert.equal(untouched.textOf(uri('package.json')), ONE);
    const squat = untouched
      .diagnose(uri('package.json'))
      .findings.find(({ rule }) => rule === 'typosquat-name')!;
    assert.equal(ONE.slice(squat.span.start, squat.span.end), '"lodahs"');
    for (const { edits } of untouched.fixesOf(squat)) {
      for (const { span, uri: file } of edits) assert.ok(span.end <= (untouched.textOf(file) ?? '').length);
    }
    assert.equal(untouched.projects[0]?.statuses.length, 1);
  });

  test('is the same one as long as nothing happens', async () => {
    const { session, uri } = await loadHarness({ 'package.json': ONE });
    const snapshot = session.snapshot();
    await session.ensureProject(uri('package.json'));
    assert.equal(session.snapshot(), snapshot);
    assert.equal(snapshot.diagnose(uri('package.json')), snapshot.diagnose(uri('package.json')));
  });

  test('knows nothing of files that no project has', async () => {
    const { session, uri } = await loadHarness({ 'package.json': ONE });
    const diagnosis = session.snapshot().diagnose(uri('other.json'));
    assert.deepEqual(diagnosis, {
      uri: uri('other.json'),
      findings: [],
      notChecked: [],
      provisional: false,
      readsAdvisories: false,
    });
  });
});

describe('a fix that writes another file', () => {
  const allow = /^Allow the name/;

  test('fits the text which that file has now, though the finding is older', async () => {
    const { session, uri } = await loadHarness({ 'package.json': ONE, 'dependency-hygiene.json': '{}\n' });
    const edited = '{\n  // a comment\n  "internalNames": []\n}\n';
    const squat = (snapshot: Snapshot) =>
      snapshot.diagnose(uri('package.json')).findings.find(({ rule }) => rule === 'typosquat-name')!;
    const editsNow = () => {
      const snapshot = session.snapshot();
      const ofSnapshot = snapshot.fixesOf(squat(snapshot)).find(({ title }) => allow.test(title));
      const own = squat(snapshot)
        .fixes()
        .find(({ title }) => allow.test(title));
      assert.deepEqual(own, ofSnapshot);
      return own!.edits;
    };
    const first = editsNow();
    session.setOverlay(uri('dependency-hygiene.json'), edited);
    const second = editsNow();
    assert.notDeepEqual(second, first);
    const inside = second.map(({ span }) => span.start >= edited.indexOf('{') && span.end <= edited.length);
    assert.deepEqual(
      inside,
      second.map(() => true),
    );
  });

  test('also where the check never read it', async () => {
    const lock = (name: string) =>
      manifest({
        name,
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { esbuild: '0.25.0' } },
          'node_modules/esbuild': {
            version: '0.25.0',
            resolved: `${TEST_REGISTRY}esbuild/-/esbuild-0.25.0.tgz`,
            integrity: `sha512-${'a'.repeat(86)}==`,
            hasInstallScript: true,
          },
        },
      });
    const { session, uri } = await loadHarness({
      'package.json': manifest({ dependencies: { esbuild: '0.25.0' } }),
      'package-lock.json': lock('a'),
    });
    const scriptsIn = (path: string, snapshot: Snapshot) =>
      snapshot.diagnose(uri(path)).findings.filter(({ rule }) => rule === 'install-script-unreviewed');
    const snapshot = session.snapshot();
    const all = [...scriptsIn('package-lock.json', snapshot), ...scriptsIn('package.json', snapshot)];
    assert.ok(all.length > 0);
    const text = `\n\n\n${manifest({ name: 'longer', dependencies: { esbuild: '0.25.0' } })}`;
    session.setOverlay(uri('package.json'), text);
    const next = session.snapshot();
    const edits = [...scriptsIn('package-lock.json', next), ...scriptsIn('package.json', next)]
      .flatMap((finding) => finding.fixes())
      .flatMap((fix) => fix.edits)
      .filter((edit) => edit.uri === uri('package.json'));
    assert.ok(edits.length > 0);
    for (const { span } of edits) assert.ok(span.start > text.indexOf('{') && span.end < text.length);
  });
});
