import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { check } from '../../server/src/node/cli/check.ts';
import { diff } from '../../server/src/node/cli/diff.ts';
import { type Cell, cellsOf, storedOutcomes, storedProjects } from './fixtures.ts';
import type { Family } from './managers.ts';
import { isProved, missesOf } from './reported.ts';
import { type CellReport, type Run, reportsOf } from './reports.ts';

const COMMANDS = { check, diff };

/** Of the managers that write one lockfile format, the one that installs most: `npm run test:long` tests all. */
const ONE_OF_A_FORM: ReadonlySet<string> = new Set(['npm 11', 'pnpm 10', 'Yarn 1', 'Yarn 4', 'Bun 1']);

/**
 * Tests that every change which a real package manager was proved to install (`npm run test:long`) is reported at its
 * token, by `check` and by `diff`, and that the corresponding honest change is not. The projects are the managers' own;
 * nothing is installed, and nothing is sent.
 */
export function testProvedCells(family: Family, atLeast: number): void {
  const outcomes = storedOutcomes();
  const proved = storedProjects()
    .filter(({ base }) => base.family === family && ONE_OF_A_FORM.has(base.manager))
    .flatMap(cellsOf)
    .filter(({ id }) => isProved(outcomes[id]));
  describe(`planted packages with ${family}`, () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'attacks-')));
    after(() => rmSync(folder, { recursive: true, force: true }));
    let reports: ReadonlyMap<Cell, CellReport>;
    before(async () => {
      reports = await reportsOf(proved, folder, run);
    });
    test(`at least ${atLeast} installs are proved`, () =>
      assert.ok(proved.length >= atLeast, String(proved.length)));
    for (const cell of proved) {
      test(cell.id, () => assert.deepEqual(missesOf(cell, reports.get(cell)!), []));
    }
  });
}

async function run([name, ...args]: readonly string[]): ReturnType<Run> {
  let out = '';
  const command = COMMANDS[name as keyof typeof COMMANDS];
  const code = await command.run(args, {
    out: (text) => {
      out += text;
    },
    error: () => {},
    columns: 80,
    colour: false,
    commands() {},
    progress: { report() {}, end() {} },
  });
  return { code, out };
}
