import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { goTo, type Severity, squiggles } from './workbench.ts';
import { temporaryFolder } from './workspace-copy.ts';

/** From key presses to the frames with the squiggle, in milliseconds. */
export interface KeyLatencies {
  readonly ours: readonly number[];
  readonly json: readonly number[];
}

/** A key that causes a squiggle when it is typed at one place; Backspace removes the squiggle again. */
interface Subject {
  readonly by: keyof KeyLatencies;
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly severity: Severity;
}

const SUBJECTS: readonly Subject[] = [
  { by: 'ours', line: 6, column: 11, key: 't', severity: 'warning' },
  { by: 'json', line: 3, column: 22, key: ',', severity: 'error' },
];

const MANIFEST = `{
  "name": "bench",
  "version": "1.0.0",
  "private": true,
  "dependencies": {
    "react": "^18.3.0"
  }
}
`;

/** Everything that is not measured draws no squiggle. */
const CONFIGURATION = `{ "rules": { "lockfile-missing": "off", "package-manager-unpinned": "off" } }
`;

/** No round begins later than this after the first. */
const TIME_FOR_ALL = 60_000;

/** Creates the folder with the file of `measureKeys`; returns the file. */
export function keysFile(): string {
  const workspace = temporaryFolder('dependency-hygiene-workspace');
  mkdirSync(join(workspace, 'app'));
  writeFileSync(join(workspace, 'app/package.json'), MANIFEST);
  writeFileSync(join(workspace, 'dependency-hygiene.json'), CONFIGURATION);
  return join(workspace, 'app/package.json');
}

/** Types into the open file: a misspelled name, and a syntax error, in turn so that other load affects both alike. */
export async function measureKeys(page: Page, rounds: number): Promise<KeyLatencies> {
  const latencies = { ours: [] as number[], json: [] as number[] };
  const deadline = Date.now() + TIME_FOR_ALL;
  // The first round waits for the language servers to start, and is not counted.
  for (let round = 0; round <= rounds && Date.now() < deadline; round++) {
    for (const subject of SUBJECTS) {
      const latency = await measure(page, subject);
      if (round > 0) latencies[subject.by].push(latency);
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
