import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { specNamed } from '../../../../server/src/core/read/manager/managers.ts';
import {
  askCooldown,
  type Cooldown,
  cooldownOf,
  describeWait,
} from '../../../../server/src/core/read/project/manager/cooldown.ts';
import { openWorkspace, type WorkspaceOptions } from '../../../workspace.ts';

async function coolDown(manager: string, files = '', options: WorkspaceOptions = {}): Promise<Cooldown> {
  const source = `-- package.json --\n{ "packageManager": "${manager}" }\n${files}`;
  const { snapshot } = await openWorkspace(source, options);
  return cooldownOf(snapshot.projects[0]!.project);
}

const HOUR = 3_600_000;
const POLICY =
  '-- dependency-hygiene.json --\n{ "rules": { "fresh-version": ["warning", { "days": 5 }] } }\n';

describe('the cooldown in force', () => {
  const cases: readonly (readonly [string, string, number, string])[] = [
    ['npm@11.21.0', '', 72 * HOUR, 'default'],
    ['npm@11.21.0', '-- .npmrc --\nmin-release-age=1.5\n', 36 * HOUR, 'min-release-age'],
    ['npm@11.21.0', '-- .npmrc --\nmin-release-age=soon\n', 72 * HOUR, 'default'],
    // The suffixes are Yarn's: npm reports the value as invalid, and has no cooldown.
    ['npm@11.21.0', '-- .npmrc --\nmin-release-age=9d\n', 72 * HOUR, 'default'],
    ['npm@11.21.0', '-- .npmrc --\nmin-release-age=9 days\n', 72 * HOUR, 'default'],
    ['npm@11.21.0', '-- .npmrc --\nmin-release-age=-1\n', 72 * HOUR, 'default'],
    ['npm@11.21.0', '-- .npmrc --\nmin-release-age="9"\n', 216 * HOUR, 'min-release-age'],
    ['npm@11.21.0', '-- .npmrc --\nmin-release-age=1e1\n', 240 * HOUR, 'min-release-age'],
    ['npm@11.10.0', '-- .npmrc --\nmin-release-age=9\n', 216 * HOUR, 'min-release-age'],
    ['npm@11.9.0', '-- .npmrc --\nmin-release-age=9\n', 72 * HOUR, 'default'],
    ['npm@10.9.9', '-- .npmrc --\nmin-release-age=0\n', 72 * HOUR, 'default'],
    ['npm@10.9.9', `-- .npmrc --\nmin-release-age=9\n${POLICY}`, 120 * HOUR, 'policy'],
    [
      'npm@11.21.0',
      '-- .npmrc --\nmin-release-age=7\n-- dependency-hygiene.json --\n{}\n',
      168 * HOUR,
      'min-release-age',
    ],
    ['npm@11.21.0', `-- .npmrc --\nmin-release-age=7\n${POLICY}`, 168 * HOUR, 'min-release-age'],
    ['npm@11.21.0', `-- .npmrc --\nmin-release-age=0\n${POLICY}`, 120 * HOUR, 'policy'],
    ['npm@11.21.0', '-- .npmrc --\nmin-release-age=0\n', 0, 'min-release-age'],
    ['npm@11.21.0', '-- pnpm-workspace.yaml --\nminimumReleaseAge: 60\n', 72 * HOUR, 'default'],
    ['pnpm@11.2.0', '', 24 * HOUR, 'manager'],
    ['pnpm@11.2.0', POLICY, 120 * HOUR, 'policy'],
    ['pnpm@11.2.0', '-- pnpm-workspace.yaml --\nminimumReleaseAge: 60\n', HOUR, 'minimumReleaseAge'],
    ['pnpm@11.2.0', '-- .npmrc --\nminimum-release-age=60\n', 24 * HOUR, 'manager'],
    ['pnpm@10.16.0', '-- .npmrc --\nminimum-release-age=60\n', HOUR, 'minimum-release-age'],
    ['pnpm@10.16.0', '-- .npmrc --\nmin-release-age=60\n', 72 * HOUR, 'default'],
    ['pnpm@10.15.0', '-- pnpm-workspace.yaml --\nminimumReleaseAge: 60\n', 72 * HOUR, 'default'],
    ['pnpm@11.2.0', '-- pnpm-workspace.yaml --\nminimumReleaseAge: 3d\n', 24 * HOUR, 'manager'],
    ['yarn@4.18.1', '', 24 * HOUR, 'manager'],
    ['yarn@4.9.0', '-- .yarnrc.yml --\nnpmMinimalAgeGate: 2w\n', 72 * HOUR, 'default'],
    ['yarn@4.10.0', '', 72 * HOUR, 'default'],
    ['yarn@4.18.1', '-- .yarnrc.yml --\nnpmMinimalAgeGate: 90\n', 1.5 * HOUR, 'npmMinimalAgeGate'],
    ['yarn@4.18.1', '-- .yarnrc.yml --\nnpmMinimalAgeGate: 2w\n', 336 * HOUR, 'npmMinimalAgeGate'],
    ['yarn@1.22.22', '-- .yarnrc --\nnpmMinimalAgeGate "2w"\n', 72 * HOUR, 'default'],
    ['bun@1.4.5', '-- bunfig.toml --\n[install]\nminimumReleaseAge = 3600\n', HOUR, 'minimumReleaseAge'],
    ['bun@1.4.5', '-- bunfig.toml --\nminimumReleaseAge = 3600\n', 72 * HOUR, 'default'],
    ['bun@1.2.0', '-- bunfig.toml --\n[install]\nminimumReleaseAge = 3600\n', 72 * HOUR, 'default'],
  ];
  for (const [manager, files, wait, from] of cases) {
    test(`${manager} ${files.replaceAll('\n', ' ')}: ${from}`, async () => {
      const found = await coolDown(manager, files);
      const { source } = found;
      assert.equal(found.wait, wait);
      assert.equal(source.type === 'configuration' ? source.key : source.type, from);
    });
  }

  test('names the very line that says it', async () => {
    const source = '-- pnpm-workspace.yaml --\npackages: ["a"]\nminimumReleaseAge: 60 # an hour\n';
    const { snapshot } = await openWorkspace(
      `-- package.json --\n{ "packageManager": "pnpm@11.2.0" }\n${source}`,
    );
    const found = cooldownOf(snapshot.projects[0]!.project).source;
    assert.ok(found.type === 'configuration');
    const text = snapshot.textOf(found.uri)!;
    assert.equal(text.slice(found.span.start, found.span.end), 'minimumReleaseAge: 60');
  });

  test("npm's before wins over its age, and comes from variables too", async () => {
    const found = await coolDown('npm@11.21.0', '-- .npmrc --\nmin-release-age=3\n', {
      environment: { npm_config_before: '2026-01-01' },
    });
    assert.equal(found.before, Date.parse('2026-01-01'));
    assert.deepEqual(found.source, { type: 'environment', variable: 'npm_config_before' });
  });

  test('passes, waits, or is not known', async () => {
    const now = Date.parse('2026-11-24T12:00:00Z');
    const found = await coolDown(
      'npm@11.21.0',
      '-- .npmrc --\nmin-release-age=1\nmin-release-age-exclude[]=@acme/*\n',
    );
    const ask = (name: string, age: number | undefined) =>
      askCooldown(found, name, '1.0.0', age === undefined ? undefined : now - age, now);
    assert.equal(ask('a', 24 * HOUR), 'passes');
    assert.equal(ask('a', 24 * HOUR - 1), 'waits');
    assert.equal(ask('a', undefined), 'unknown');
    assert.equal(ask('@acme/a', 0), 'exempt');
    assert.equal(ask('@acme/a/b', 0), 'waits');
    const before = { ...found, wait: 0, before: now - 10 };
    assert.equal(askCooldown(before, 'a', '1.0.0', now - 5, now), 'waits');
    assert.equal(askCooldown(before, 'a', '1.0.0', now - 15, now), 'passes');
  });

  test('lengths as settings have them', () => {
    assert.equal(specNamed('npm').cooldown.readAge('3'), 72 * HOUR);
    assert.equal(specNamed('pnpm').cooldown.readAge('3'), 180_000);
    assert.equal(specNamed('yarn').cooldown.readAge('1.5h'), 1.5 * HOUR);
    assert.equal(specNamed('yarn').cooldown.readAge('500ms'), 500);
    for (const text of ['', '3 d', ' 1.5h ', '-1', '1y', '1e9', 'x', '9'.repeat(15), `1${' '.repeat(9)}z`]) {
      assert.equal(specNamed('yarn').cooldown.readAge(text), undefined, text);
    }
    const words = [72 * HOUR, 24 * HOUR, 36 * HOUR, 12 * HOUR, HOUR, 60_000, 1000, 90_000].map((wait) =>
      describeWait({ wait }),
    );
    assert.deepEqual(words, [
      '3 days',
      '1 day',
      '36 hours',
      '12 hours',
      '1 hour',
      '1 minute',
      '1 second',
      '1.5 minutes',
    ]);
  });
});
