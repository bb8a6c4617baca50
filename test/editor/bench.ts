import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { medianOf, printRows, type Row, verdictOf } from '../../server/tools/bench/figures.ts';
import { machine, tableOf, writeBetweenMarks } from '../../server/tools/bench/page.ts';
import { HOVER_SETTINGS, measureHovers } from './bench-hover.ts';
import { keysFile, measureKeys } from './bench-keys.ts';
import { lockfileOf, processorTime, residentMemory, serversOf } from './bench-processes.ts';
import { measureStart, type Start, startWorkspace } from './bench-start.ts';
import { openBrowser, openWorkbench } from './browser.ts';
import { EDITOR_VERSION, ensureChromium, ensureEditor } from './install.ts';
import { installExtension } from './installed-extension.ts';
import { repositoryRoot } from './paths.ts';
import { type Editor, startEditor } from './server.ts';
import { plainTyping, quietSettings } from './settings.ts';
import { statusItem } from './workbench.ts';
import { temporaryFolder } from './workspace-copy.ts';

interface Bench {
  readonly browser: Browser;
  readonly editor: Editor;
  readonly serverDataDir: string;
  readonly rounds: number;
}

/** Every part compares with what VS Code's own JSON support does for the same file in the same window. */
const PARTS: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  start: startRows,
  keys: (bench) => keyRows(bench, 0),
  load: (bench) => keyRows(bench, BUSY),
  hover: hoverRows,
  rest: restRows,
};

const PAGE = join(repositoryRoot, 'server/docs/performance.md');
const JSON_SUPPORT = `VS Code's JSON support, ${EDITOR_VERSION}`;
const BUSY = 3;
const PACKAGES = 4500;
const RESTING = 30_000;

/**
 * Measures the extension in a real VS Code, and writes the table into server/docs/performance.md:
 *
 *     npm run build && npm run bench:editor [-- start keys load hover rest] [--rounds <count>] [--extension <folder>]
 *
 * Without a part everything is measured; only then is the page written.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      extension: { type: 'string', default: repositoryRoot },
      rounds: { type: 'string', default: '9' },
    },
  });
  const unknown = positionals.find((name) => PARTS[name] === undefined);
  if (unknown !== undefined) {
    throw new Error(`There is no part "${unknown}"; there are ${Object.keys(PARTS).join(', ')}.`);
  }
  const installed = ensureEditor(console.log);
  const chromium = ensureChromium(console.log);
  if ('reason' in installed) throw new Error(installed.reason);
  if ('reason' in chromium) throw new Error(chromium.reason);

  const serverDataDir = temporaryFolder('dependency-hygiene-editor');
  installExtension(resolve(values.extension), serverDataDir);
  const editor = await startEditor({
    editor: installed.path,
    workspaceTrust: false,
    serverDataDir,
    userSettings: { ...quietSettings('light'), ...plainTyping, ...HOVER_SETTINGS },
    machineSettings: { 'dependencyHygiene.online': false },
    // Without npm on the path: for a hovered name, VS Code's own support of package.json runs `npm view`, and the
    // extension host waits for the process to start.
    env: { HOME: temporaryFolder('dependency-hygiene-home'), PATH: dirname(process.execPath) },
  });
  const browser = await openBrowser(chromium.path);
  const rows: Row[] = [];
  const before = loadavg()[0]!;
  try {
    for (const [name, measure] of Object.entries(PARTS)) {
      if (positionals.length > 0 && !positionals.includes(name)) continue;
      console.error(`${name} ...`);
      rows.push(...(await measure({ browser, editor, serverDataDir, rounds: Number(values.rounds) })));
    }
  } finally {
    await browser.close();
    await editor.stop();
  }
  printRows(rows);
  if (positionals.length === 0) {
    const load = `Load of the machine before and after: ${before.toFixed(1)} and ${loadavg()[0]!.toFixed(1)}.`;
    const text = `${machine()} ${load} Medians of ${values.rounds} rounds.\n\n${tableOf(rows)}`;
    writeBetweenMarks(PAGE, text, 'npm run bench:editor');
  }
  if (rows.some((row) => verdictOf(row) === 'missed')) process.exitCode = 1;
}

async function startRows({ browser, editor, rounds }: Bench): Promise<readonly Row[]> {
  const workspace = startWorkspace();
  // The first window compiles the code of both.
  await measureStart(browser, editor, workspace);
  const starts: Start[] = [];
  for (let round = 0; round < rounds; round++) starts.push(await measureStart(browser, editor, workspace));
  const median = (of: keyof Start) => medianOf(starts.map((start) => start[of]));
  return [
    compared('new window, from its text to the first squiggle', median('ours'), median('json'), 1.5),
    compared('activation', median('ourActivation'), median('jsonActivation'), 1.5),
  ];
}

async function keyRows({ browser, editor, rounds }: Bench, busy: number): Promise<readonly Row[]> {
  const file = keysFile();
  const page = await openChecked({ browser, editor }, file);
  const load = Array.from({ length: busy }, () => spawn(process.execPath, ['-e', 'for (;;);']));
  try {
    const { ours, json } = await measureKeys(page, rounds);
    const what = 'key press to squiggle';
    return [
      compared(
        busy === 0 ? what : `${what}, ${busy} busy processes`,
        medianOf(ours),
        medianOf(json),
        busy === 0 ? undefined : 2,
      ),
    ];
  } finally {
    for (const process of load) process.kill();
    await page.context().close();
  }
}

async function hoverRows({ browser, editor, rounds }: Bench): Promise<readonly Row[]> {
  const file = keysFile();
  const page = await openChecked({ browser, editor }, file);
  const { ours, json } = await measureHovers(page, rounds);
  await page.context().close();
  return [compared('hover on known facts', medianOf(ours), medianOf(json), 1.33)];
}

/** Measures a window that shows a large lockfile, and is left alone then. */
async function restRows({ browser, editor, serverDataDir }: Bench): Promise<readonly Row[]> {
  const file = lockfileOf(PACKAGES);
  const page = await openChecked({ browser, editor }, file);
  await delay(RESTING);
  const servers = serversOf(serverDataDir);
  if (servers === undefined) return [];
  const before = { ours: processorTime(servers.ours), json: processorTime(servers.json) };
  await delay(RESTING);
  const used = {
    ours: processorTime(servers.ours) - before.ours,
    json: processorTime(servers.json) - before.json,
  };
  const [ours, json] = [residentMemory(servers.ours), residentMemory(servers.json)];
  await page.context().close();
  return [
    {
      ...compared(`server with a lockfile of ${PACKAGES} packages open, resident`, ours, json, undefined),
      unit: 'MiB',
    },
    { ...alone('the same, beyond that of the JSON server', ours - json, 60), unit: 'MiB' },
    // Both look every 3 s whether the process of their client is still there: VS Code's library does that.
    compared(`processor time of the server in ${RESTING / 1000} s of rest`, used.ours, used.json, 1.33),
  ];
}

/** Opens a window that shows a file, and waits until we have checked it. */
async function openChecked(
  { browser, editor }: Pick<Bench, 'browser' | 'editor'>,
  file: string,
): Promise<Page> {
  const folder = join(file, '../..');
  const page = await openWorkbench(browser, editor.url(folder, [['openFile', editor.remoteUri(file)]]));
  await statusItem(page).waitFor({ timeout: 60_000 });
  return page;
}

function compared(what: string, ours: number, theirs: number, must: number | undefined): Row {
  return { what, unit: 'ms', ours, peer: JSON_SUPPORT, theirs, must };
}

function alone(what: string, ours: number, must: number): Row {
  return { what, unit: 'ms', ours, peer: undefined, theirs: undefined, must };
}

await main();
