import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';

const options = { skip: process.platform === 'win32' ? 'Windows has no process groups' : false };

test('a signal ends the children of a run and what they started', options, async () => {
  const parent = start(100_000);
  const ids = await printedIds(parent);
  parent.kill('SIGINT');
  assert.equal(await codeOf(parent), 130);
  await allGone(ids);
});

test('the time limit ends a child and what it started, and is said', options, async () => {
  const parent = start(3000);
  const output = textOf(parent);
  assert.equal(await codeOf(parent), 0);
  const lines = (await output).trimEnd().split('\n');
  assert.equal(lines.at(-1), 'ended: no end within 3 s');
  await allGone(lines.slice(0, -1).map(Number));
});

function start(limit: number): ChildProcess {
  const file = path.join(import.meta.dirname, 'parent-process.ts');
  return spawn(process.execPath, [file, `${limit}`], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Returns the ids of the child and of the process that it started, once both are printed. */
async function printedIds(parent: ChildProcess): Promise<number[]> {
  let text = '';
  for await (const chunk of parent.stdout!.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const ids = text.split('\n').slice(0, -1).map(Number);
    if (ids.length === 2) return ids;
  }
  throw new Error(`only printed: ${text}`);
}

async function textOf(parent: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of parent.stdout!) text += String(chunk);
  return text;
}

function codeOf(parent: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => parent.once('exit', resolve));
}

async function allGone(ids: readonly number[]): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(50)) if (!ids.some(isRunning)) return;
  assert.fail(`still running: ${ids.filter(isRunning)}`);
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
