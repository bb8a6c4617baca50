import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type SetUp, tryRepository } from './campaign.ts';
import { leakText } from './oracle.ts';
import { startWorld, type World } from './world.ts';

/**
 * Tests repositories by number, each in a set-up that sends at least so many requests, among them some with given parts of a URL. The set-ups that send most are in
 * two files, as files are tested at the same time.
 */
export function testSetUps(
  cases: readonly (readonly [number: number, setUp: SetUp, least: number, ...parts: string[]])[],
): void {
  describe('the built product over prepared repositories', () => {
    let world: World;
    let folder: string;
    before(async () => {
      folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'leaks-')));
      const caFile = path.join(folder, 'world.pem');
      world = await startWorld(caFile);
      writeFileSync(caFile, world.authority.certificate);
    });
    after(async () => {
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    });

    for (const [number, setUp, least, ...parts] of cases) {
      test(`${setUp}: nothing goes to whom it is not for`, async () => {
        const options = { seed: 1, number, size: 0.5, folder, setUps: [setUp], isShort: true };
        const [outcome] = await tryRepository(world, options);
        assert.deepEqual(outcome!.leaks.map(leakText), [], outcome!.repository);
        assert.deepEqual(outcome!.unasked, []);
        assert.deepEqual(outcome!.complaints, []);
        const asked = outcome!.asked.size;
        assert.ok(asked >= least, `${outcome!.repository}: only ${asked} requests`);
        for (const part of parts)
          assert.ok(
            [...outcome!.asked].some((url) => url.includes(part)),
            `${outcome!.repository}: ${part} was not asked`,
          );
      });
    }
  });
}
