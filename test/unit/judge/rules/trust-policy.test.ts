import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';
import { documentOf, type Release } from './releases.ts';

/** Returns a package whose last version an account published, after a CI service published the previous ones. */
function releasesBy(...publishers: readonly string[]): Record<string, Release> {
  const last = Date.parse('2026-11-10T10:00:00Z');
  const entries = publishers.map((by, at): [string, Release] => {
    const time = last - (publishers.length - 1 - at) * 30 * 86_400_000;
    return [`1.${at}.0`, { at: new Date(time).toISOString(), by }];
  });
  return Object.fromEntries(entries);
}

async function count(releases: Record<string, Release>, settings: string): Promise<number> {
  const version = Object.keys(releases).at(-1)!;
  const manifest = { packageManager: 'pnpm@12.21.0', dependencies: { left: version } };
  const source = `-- package.json --\n${JSON.stringify(manifest)}\n-- pnpm-workspace.yaml --\n${settings}\n`;
  const { findings } = await openWorkspace(source, { registry: { left: documentOf(releases) } });
  return findings('publisher-changed').length;
}

test('publisher-changed accepts that no CI service published what pnpm is told to let through', async () => {
  const releases = releasesBy('jason', 'jason', 'jason', 'trusted', 'trusted', 'trusted', 'jason');
  assert.equal(await count(releases, 'trustPolicyExclude: ["left@1.6.0"]'), 0);
  assert.equal(await count(releases, 'trustPolicyIgnoreAfter: 1440'), 0);
  assert.equal(await count(releases, 'trustPolicyExclude: ["left@1.5.0"]'), 1);
});

test('publisher-changed still reports somebody whom nobody knows', async () => {
  const releases = releasesBy('ana', 'ana', 'ana', 'ana', 'mallory');
  assert.equal(await count(releases, 'trustPolicyExclude: ["left"]'), 1);
});
