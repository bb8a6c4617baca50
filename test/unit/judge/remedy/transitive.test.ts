import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseWorkspace } from '../../../workspace.ts';
import { advisory, changedBy, packageOf, remediesIn } from './remedy-harness.ts';
import { ADVISORIES, BAD, MIN, npmProject, titles } from './transitive-project.ts';

describe('a bad version that other packages bring', () => {
  test('is only forgotten where every range admits a better one', async () => {
    const source = npmProject(
      { a: '^1.0.0', b: '^1.0.0' },
      { a: ['1.0.0', { min: '^1.0.0' }], b: ['1.0.0', { min: '>=1' }], min: ['1.0.0'] },
    );
    assert.deepEqual(await titles(source, { min: MIN }), ['Copy "npm update min --ignore-scripts"']);
    assert.deepEqual(await titles(source), [
      'Copy "npm update min --ignore-scripts" (not looked up in the registry)',
    ]);
  });

  test('is overridden where the newest version of a range is bad as well', async () => {
    const source = npmProject({ a: '^1.0.0' }, { a: ['1.0.0', { min: '^1.0.0' }], min: ['1.0.0'] });
    const again = [advisory('min', 'GHSA-mmmm-mmmm-mmm2', [['0', '1.1.0'], ['1.2.0']])];
    assert.deepEqual(await titles(source, { min: MIN }, again), ['Override min with 1.1.0 in "overrides"']);
  });

  test('is mended by the least newer version of a parent in its range', async () => {
    const source = npmProject({ a: '^1.0.0' }, { a: ['1.0.0', { min: '1.0.0' }], min: ['1.0.0'] });
    const a = packageOf({
      '1.0.0': { dependencies: { min: '1.0.0' } },
      '1.0.1': { at: '2026-01-02', dependencies: { min: '~1.0.0' } },
      '1.1.0': { at: '2026-01-03', dependencies: { min: '^1.1.0' } },
      '1.2.0': { at: '2026-01-04', dependencies: { min: '^1.2.0' } },
      '2.0.0': { at: '2026-01-05' },
    });
    assert.deepEqual(await titles(source, { min: MIN, a }), ['a → ^1.1.0, which pulls in min 1.2.0']);
  });

  test('is mended by a parent that no longer needs it; a major step has the override beside it', async () => {
    const source = npmProject({ a: '^1.0.0' }, { a: ['1.0.0', { min: '1.0.0' }], min: ['1.0.0'] });
    const a = packageOf({ '1.0.0': { dependencies: { min: '1.0.0' } }, '2.0.0': { at: '2026-01-05' } });
    assert.deepEqual(await titles(source, { min: MIN, a }), [
      'a → ^2.0.0, which no longer pulls in min (major)',
      'Override min with ^1.1.0 in "overrides"',
    ]);
  });

  test('is mended by a grandparent, with the packages between following their ranges', async () => {
    const source = npmProject(
      { a: '1.0.0' },
      {
        a: ['1.0.0', { b: '1.0.0' }],
        b: ['1.0.0', { c: '^1.0.0' }],
        c: ['1.0.0', { min: '1.0.0' }],
        min: ['1.0.0'],
      },
    );
    const registry = {
      min: MIN,
      a: packageOf({
        '1.0.0': { dependencies: { b: '1.0.0' } },
        '1.1.0': { at: '2026-01-02', dependencies: { b: '^2.0.0' } },
      }),
      b: packageOf({
        '1.0.0': { dependencies: { c: '^1.0.0' } },
        '2.0.0': { at: '2026-01-02', dependencies: { c: '^2.0.0' } },
      }),
      c: packageOf({
        '1.0.0': { dependencies: { min: '1.0.0' } },
        '2.0.0': { at: '2026-01-02', dependencies: { min: '^1.1.0' } },
      }),
    };
    assert.deepEqual(await titles(source, registry), ['a → 1.1.0, which pulls in min 1.2.0']);
  });

  test('is mended by forgetting what brings it, where that has a better version in range', async () => {
    const source = npmProject(
      { a: '^1.0.0' },
      { a: ['1.0.0', { b: '^1.0.0' }], b: ['1.0.0', { min: '1.0.0' }], min: ['1.0.0'] },
    );
    const registry = {
      min: MIN,
      b: packageOf({
        '1.0.0': { dependencies: { min: '1.0.0' } },
        '1.1.0': { at: '2026-01-02', dependencies: { min: '^1.0.0' } },
      }),
      a: packageOf({ '1.0.0': { dependencies: { b: '^1.0.0' } } }),
    };
    // The locked version would stay, as the new range admits it as well.
    assert.deepEqual(await titles(source, registry), ['Copy "npm update b min --ignore-scripts"']);
  });

  test('and that the project declares as well is raised, and the rest overridden with what it takes', async () => {
    const source = npmProject(
      { a: '^1.0.0', min: '^1.0.0' },
      { a: ['1.0.0', { min: '1.0.0' }], min: ['1.0.0'] },
    );
    const options = { advisories: ADVISORIES, registry: { min: MIN } };
    const [remedy] = await remediesIn(source, BAD, options);
    assert.equal(remedy?.title, 'min → ^1.1.0, and override min with "$min" in "overrides"');
    const after = JSON.parse(changedBy(remedy, parseWorkspace(source).files).get('package.json')!);
    assert.deepEqual([after.dependencies.min, after.overrides], ['^1.1.0', { min: '$min' }]);
  });

  test('has no way out in the tarball of another package, nor where a package of ours has its name', async () => {
    const source = npmProject({ a: '^1.0.0' }, { a: ['1.0.0', { min: '1.0.0' }], 'a>min': ['1.0.0'] });
    const bundled = source
      .replace('"node_modules/a": {', '"node_modules/a": {\n      "bundleDependencies": ["min"],')
      .replace('"version": "1.0.0"\n    }\n  }', '"version": "1.0.0",\n      "inBundle": true\n    }\n  }');
    assert.match(bundled, /bundleDependencies.*inBundle/s);
    assert.deepEqual(await titles(bundled, { min: MIN }), []);
    const ours = `${source}-- dependency-hygiene.json --\n{ "internalNames": ["min"] }\n`;
    assert.deepEqual(await titles(ours, { min: MIN }), []);
    assert.deepEqual(await titles(source, { min: MIN }), ['Override min with ^1.1.0 in "overrides"']);
  });

  test('ends in cycles, and takes no name for a member of an object', async () => {
    const source = npmProject(
      { a: '^1.0.0' },
      {
        a: ['1.0.0', { b: '1.0.0' }],
        b: ['1.0.0', { a: '1.0.0', min: '1.0.0' }],
        min: ['1.0.0', { b: '1.0.0' }],
      },
    );
    const registry = {
      min: MIN,
      a: packageOf({
        '1.0.0': { dependencies: { b: '1.0.0' } },
        '1.1.0': { at: '2026-01-02', dependencies: { b: '1.1.0' } },
      }),
      b: packageOf({
        '1.0.0': { dependencies: { a: '1.0.0', min: '1.0.0' } },
        '1.1.0': { at: '2026-01-02', dependencies: { a: '1.1.0', min: '1.1.0' } },
      }),
    };
    assert.deepEqual(await titles(source, registry), ['Override min with ^1.1.0 in "overrides"']);
    const odd = await remediesIn(
      npmProject(
        { constructor: '^1.0.0' },
        Object.fromEntries<readonly [string]>([['constructor', ['1.0.0']]]),
      ),
      { name: 'constructor', version: '1.0.0' },
      { advisories: [advisory('constructor', 'GHSA-mmmm-mmmm-mmm2', [['0', '1.1.0']])] },
    );
    assert.deepEqual(
      odd.map(({ title }) => title),
      ['constructor → ^1.1.0 (not looked up in the registry)'],
    );
  });
});

describe('overrides', () => {
  const two = (first: string, second: string, more: object = {}) =>
    npmProject(
      { a: '^1.0.0', b: '^1.0.0' },
      {
        a: ['1.0.0', { min: first }],
        b: ['1.0.0', { min: second }],
        min: ['1.0.0'],
        'b>min': ['2.0.0'],
      },
      more,
    );
  const registry = {
    min: packageOf({
      '1.0.0': {},
      '1.1.0': { at: '2026-01-02' },
      '1.2.0': { at: '2026-01-03' },
      '2.0.0': { at: '2026-01-04' },
    }),
  };
  const overridesAfter = async (source: string) => {
    const [remedy] = await remediesIn(source, BAD, { advisories: ADVISORIES, registry });
    const text =
      remedy === undefined ? undefined : changedBy(remedy, parseWorkspace(source).files).get('package.json');
    return [remedy?.title, text === undefined ? undefined : JSON.parse(text).overrides];
  };

  test('spare what needs another line', async () => {
    assert.deepEqual(await overridesAfter(two('1.0.0', '^2.0.0')), [
      'Override min@^1 with ^1.1.0 in "overrides"',
      { 'min@^1': '^1.1.0' },
    ]);
    assert.deepEqual(await overridesAfter(two('1.0.0', '2.0.0 || 1.0.5')), [
      'Override min of a with ^1.1.0 in "overrides"',
      { a: { min: '^1.1.0' } },
    ]);
  });

  test('of npm keep the version of a package that they reach into', async () => {
    const source = two('1.0.0', '2.0.0 || 1.0.5', { overrides: { a: '1.0.0' } });
    assert.deepEqual((await overridesAfter(source))[1], { a: { '.': '1.0.0', min: '^1.1.0' } });
  });

  test('that decide already are edited, whatever they look like', async () => {
    const one = (overrides: object, dependencies: object = {}) =>
      npmProject(
        { a: '^1.0.0', ...dependencies },
        { a: ['1.0.0', { min: '^0.5.0' }], min: ['1.0.0'] },
        { overrides },
      );
    const change = 'Change the override of min to';
    assert.deepEqual(await overridesAfter(one({ min: '1.0.0' })), [
      `${change} 1.1.0 in "overrides"`,
      { min: '1.1.0' },
    ]);
    assert.deepEqual(await overridesAfter(one({ min: '~1.0.0' })), [
      `${change} ~1.1.0 in "overrides"`,
      { min: '~1.1.0' },
    ]);
    assert.deepEqual((await overridesAfter(one({ 'min@<1': '1.0.0' })))[1], { 'min@<1': '1.1.0' });
    assert.deepEqual((await overridesAfter(one({ a: { min: '1.0.0' } })))[1], { a: { min: '1.1.0' } });
    assert.deepEqual(await overridesAfter(one({ min: '$min' }, { min: '1.0.0' })), [
      'min → 1.1.0',
      { min: '$min' },
    ]);
    // A range that admits a better version needs no edit.
    assert.deepEqual(await overridesAfter(one({ min: '^1.0.0' })), [
      'Copy "npm update min --ignore-scripts"',
      undefined,
    ]);
  });

  test('take the version that others have locked, so that none steps back', async () => {
    const source = npmProject(
      { a: '^1.0.0', b: '^1.0.0' },
      { a: ['1.0.0', { min: '1.0.0' }], b: ['1.0.0', { min: '^1.0.0' }], min: ['1.0.0'], 'b>min': ['1.2.0'] },
    );
    assert.deepEqual(await overridesAfter(source), [
      'Override min with ^1.2.0 in "overrides"',
      { min: '^1.2.0' },
    ]);
  });

  test('take a later good version that is locked, also where the step is a major one', async () => {
    const source = npmProject(
      { a: '^1.0.0', b: '^1.0.0' },
      { a: ['1.0.0', { min: '1.0.0' }], b: ['1.0.0', { min: '^2.0.0' }], min: ['1.0.0'], 'b>min': ['2.0.3'] },
    );
    const advisories = [advisory('min', 'GHSA-mmmm-mmmm-mmm2', [['0', '2.0.1']])];
    assert.deepEqual(await titles(source, undefined, advisories), [
      'Override min with ^2.0.3 in "overrides" (major; not looked up in the registry)',
    ]);
  });

  test('spare a bad version of another line, which would cross a major version', async () => {
    const source = npmProject(
      { a: '^1.0.0', b: '^1.0.0' },
      { a: ['1.0.0', { min: '2.0.0' }], b: ['1.0.0', { min: '^1.0.0' }], min: ['2.0.0'], 'b>min': ['1.0.0'] },
    );
    const advisories = [advisory('min', 'GHSA-mmmm-mmmm-mmm2', [['0', '2.1.0']])];
    const titlesOf = async (version: string) => {
      const remedies = await remediesIn(source, { name: 'min', version }, { advisories });
      return remedies.map(({ title }) => title);
    };
    assert.deepEqual(await titlesOf('2.0.0'), [
      'Override min@^2 with ^2.1.0 in "overrides" (not looked up in the registry)',
    ]);
    assert.deepEqual(await titlesOf('1.0.0'), [
      'Override min with ^2.1.0 in "overrides" (major; not looked up in the registry)',
    ]);
  });

  test('name the package behind an alias', async () => {
    const source = npmProject(
      { a: '^1.0.0' },
      { a: ['1.0.0', { small: 'npm:min@1.0.0' }], small: ['1.0.0'] },
    ).replace('"node_modules/small": {', '"node_modules/small": {\n      "name": "min",');
    assert.deepEqual((await overridesAfter(source))[1], { small: 'npm:min@^1.1.0' });
  });
});
