import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withTextsApart, withTextsInPlace } from '../../../server/tools/generate/package-texts.ts';

const PACKAGE = JSON.stringify({
  description: 'What it is.',
  contributes: {
    commands: [
      { command: 'dependencyHygiene.open', category: 'Dependency Hygiene', title: 'Open' },
      { command: 'dependencyHygiene.close', title: '%command.close.title%' },
    ],
    viewsWelcome: [
      { view: 'dependencyHygiene.list', contents: '%welcome.list%' },
      { view: 'dependencyHygiene.list', contents: 'Nothing here.' },
    ],
    configuration: [
      {
        title: 'Editor',
        properties: { 'dependencyHygiene.a': { enum: ['x', null], enumDescriptions: ['X', 'None'] } },
      },
    ],
  },
});
const TEXTS = { 'command.close.title': 'Close', 'welcome.list': 'Welcome', 'gone.key': 'Nobody names it' };

describe('withTextsApart', () => {
  const { manifest, texts } = withTextsApart(PACKAGE, TEXTS);

  test('moves new texts, keeps those that are named, and drops the rest', () => {
    assert.deepEqual(texts, {
      'command.close.title': 'Close',
      'command.open.title': 'Open',
      description: 'What it is.',
      'setting.a.null': 'None',
      'setting.a.x': 'X',
      settings: 'Editor',
      'welcome.list': 'Welcome',
      'welcome.list.2': 'Nothing here.',
    });
    const { contributes } = JSON.parse(manifest);
    assert.deepEqual(contributes.commands[0], {
      command: 'dependencyHygiene.open',
      category: 'Dependency Hygiene',
      title: '%command.open.title%',
    });
    assert.deepEqual(contributes.configuration[0].properties['dependencyHygiene.a'].enumDescriptions, [
      '%setting.a.x%',
      '%setting.a.null%',
    ]);
  });

  test('changes nothing the second time', () => {
    assert.deepEqual(withTextsApart(manifest, texts), { manifest, texts });
  });

  test('is undone by withTextsInPlace', () => {
    assert.equal(JSON.parse(withTextsInPlace(manifest, texts)).contributes.commands[1].title, 'Close');
    assert.doesNotMatch(withTextsInPlace(manifest, texts), /%[\w.]+%/);
  });
});
