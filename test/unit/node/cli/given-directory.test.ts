import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { WrongUse } from '../../../../server/src/node/cli/exit-code.ts';
import { directoryOf } from '../../../../server/src/node/cli/given/given-directory.ts';

/** An unprivileged user: root, who can read everything, becomes this user for a moment. */
const NOBODY = 65_534;

const folder = mkdtempSync(join(tmpdir(), 'dephygiene-given-'));
after(() => rmSync(folder, { recursive: true }));

async function refusal(path: string): Promise<string> {
  const error = await directoryOf('check', [path]).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof WrongUse, String(error));
  return error.message;
}

async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}

describe('a directory that is given to a command', () => {
  test('must be there, and be one', async () => {
    writeFileSync(join(folder, 'file'), '');
    assert.match(await refusal(join(folder, 'none')), /^no such directory: .*none; /);
    assert.match(await refusal(join(folder, 'file/below')), /^no such directory: .*below; /);
    assert.match(await refusal(join(folder, 'file')), /file is a file; /);
    assert.ok((await directoryOf('check', [folder])).length > 0);
  });

  test('that cannot be read is said to be there', async () => {
    chmodSync(folder, 0o755);
    const closed = join(folder, 'closed');
    mkdirSync(join(closed, 'inner'), { recursive: true });
    chmodSync(closed, 0);
    await asOrdinaryUser(async () => {
      // File modes do not deny access on Windows.
      for (const path of process.platform === 'win32' ? [] : [closed, join(closed, 'inner')]) {
        assert.equal(await refusal(path), `${path} may not be read by this user; its contents are unknown.`);
      }
    });
    chmodSync(closed, 0o755);
    assert.match(await refusal(join(folder, 'x'.repeat(300))), / has a path that is too long; /);
  });
});
