import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { openBrowser, openWorkbench } from './browser.ts';
import { ensureChromium, ensureEditor } from './install.ts';
import { installExtension } from './installed-extension.ts';
import { repositoryRoot } from './paths.ts';
import { startEditor } from './server.ts';
import { plainTyping, quietSettings } from './settings.ts';
import { goTo, openFile, type Severity, squiggles } from './workbench.ts';
import { temporaryFolder } from './workspace-copy.ts';

/** A key that causes a squiggle when it is typed at one place; Backspace removes the squiggle again. */
interface Subject {
  readonly title: string;
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly severity: Severity;
}

const subjects: readonly Subject[] = [
  { title: 'a misspelled name, marked by us', line: 6, column: 11, key: 't', severity: 'warning' },
  { title: 'a syntax error, marked by VS Code', line: 3, column: 22, key: ',', severity: 'error' },
];

const manifest = `{
  "name": "bench",
  "version": "1.0.0",
  "private": true,
  "dependencies": {
    "react": "^18.3.0"
  }
}
`;

/** Everything that is not measured draws no squiggle. */
const configuration = `{ "rules": { "lockfile-missing": "off", "package-manager-unpinned": "off" } }
`;

/** No round begins later than this after the first. */
const TIME_FOR_ALL = 40_000;

/**
 * Types a misspelled name into a manifest in a real VS Code repeatedly, and prints the time from the key press to the
 * frame with the squiggle, compared with a syntax error, which VS Code itself marks.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string', default: repositoryRoot },
      rounds: { type: 'string', default: '20' },
    },
  });
  const installed = ensureEditor(console.log);
  const chromium = ensureChromium(console.log);
  if ('reason' in installed) throw new Error(installed.reason);
  if ('reason' in chromium) throw new Error(chromium.reason);

  const workspace = temporaryFolder('dependency-hygiene-workspace');
  const file = join(workspace, 'app/package.json');
  mkdirSync(join(workspace, 'app'));
  writeFileSync(file, manifest);
  writeFileSync(join(workspace, 'dependency-hygiene.json'), configuration);
  const serverDataDir = temporaryFolder('dependency-hygiene-editor');
  installExtension(resolve(values.extension), serverDataDir);
  const editor = await startEditor({
    editor: installed.path,
    workspaceTrust: false,
    serverDataDir,
    userSettings: { ...quietSettings('light'), ...plainTyping },
    machineSettings: { 'dependencyHygiene.online': false },
    env: { HOME: temporaryFolder('dependency-hygiene-home') },
  });
  const browser = await openBrowser(chromium.path);
  try {
    const page = await openWorkbench(browser, editor.url(workspace));
    await openFile(page, file);
    const latencies = await measureAll(page, Number(values.rounds));
    console.log('From the key press to the frame with the squiggle, in milliseconds:');
    for (const [{ title }, of] of latencies) console.log(summary(title, of));
  } finally {
    await browser.close();
    await editor.stop();
  }
}

/** Returns the latencies of each subject, measured in turn so that other load affects all of them alike. */
async function measureAll(page: Page, rounds: number): Promise<Map<Subject, number[]>> {
  const latencies = new Map<Subject, number[]>(subjects.map((subject) => [subject, []]));
  const deadline = Date.now() + TIME_FOR_ALL;
  // The first round waits for the language servers to start, and is not counted.
  for (let round = 0; round <= rounds && Date.now() < deadline; round++) {
    for (const subject of subjects) {
      const latency = await measure(page, subject);
      if (round > 0) latencies.get(subject)?.push(latency);
    }
  }
  return latencies;
}

async function measure(page: Page, { line, column, key, severity }: Subject): Promise<number> {
  const marks = squiggles(page, severity);
  await goTo(page, line, column);
  await page.evaluate(watchForSquiggle, `.editor-instance .view-overlays .squiggly-${severity}`);
  await page.keyboard.press(key);
  await marks.first().waitFor();
  const latency = await page.evaluate(() => (globalThis as unknown as Watching).squiggleLatency);
  await page.keyboard.press('Backspace');
  await marks.first().waitFor({ state: 'detached' });
  return latency;
}

interface Watching {
  squiggleLatency: Promise<number>;
}

/** The few browser APIs that are used here, as this project is compiled without the types of browsers. */
interface PageGlobals extends Watching {
  addEventListener(type: string, listener: (event: { timeStamp: number }) => void, options: object): void;
  requestAnimationFrame(callback: () => void): void;
  document: { querySelector(selector: string): unknown };
}

/** Runs in the page: checks each frame for the squiggle, starting with the next key press. */
function watchForSquiggle(selector: string): void {
  const page = globalThis as unknown as PageGlobals;
  page.squiggleLatency = new Promise((resolve) => {
    const onKey = ({ timeStamp }: { timeStamp: number }) => {
      const look = () => {
        if (page.document.querySelector(selector) === null) page.requestAnimationFrame(look);
        else resolve(performance.now() - timeStamp);
      };
      look();
    };
    page.addEventListener('keydown', onKey, { capture: true, once: true });
  });
}

function summary(title: string, latencies: readonly number[]): string {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const [median, p95] = [at(0.5), at(0.95)].map((value) => value?.toFixed(0).padStart(5) ?? '    -');
  return `${title.padEnd(36)} median ${median}   p95 ${p95}   (${sorted.length} key presses)`;
}

await main();
