import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { pageSize } from './browser.ts';
import type { Editor } from './server.ts';
import { runCommand } from './workbench.ts';
import { temporaryFolder } from './workspace-copy.ts';

/** When the first marks of a new window were drawn, in milliseconds since its text was; and the times of activation. */
export interface Start {
  readonly json: number;
  readonly ours: number;
  readonly jsonActivation: number;
  readonly ourActivation: number;
}

/** VS Code's own JSON support marks the second "private", and we the name. */
const MANIFEST = `{
  "name": "bench",
  "version": "1.0.0",
  "private": true,
  "private": true,
  "dependencies": {
    "reactt": "^18.3.0"
  }
}
`;

/** The other mark is a warning. */
const CONFIGURATION = `{ "rules": { "typosquat-name": "error", "lockfile-missing": "off", "package-manager-unpinned": "off" } }
`;

/** Creates the folder that `measureStart` opens. */
export function startWorkspace(): string {
  const workspace = temporaryFolder('dependency-hygiene-workspace');
  mkdirSync(join(workspace, 'app'));
  writeFileSync(join(workspace, 'app/package.json'), MANIFEST);
  writeFileSync(join(workspace, 'dependency-hygiene.json'), CONFIGURATION);
  return workspace;
}

/** Opens a window with a new extension host and a file, and waits for the marks of both. */
export async function measureStart(browser: Browser, editor: Editor, workspace: string): Promise<Start> {
  const context = await browser.newContext({
    // The list of running extensions draws what is visible.
    viewport: { ...pageSize, height: 2400 },
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.addInitScript(watchMarks);
    const file = editor.remoteUri(join(workspace, 'app/package.json'));
    await page.goto(editor.url(workspace, [['openFile', file]]));
    const seen = await page.waitForFunction(
      () => {
        const { firstSeen } = globalThis as unknown as Watching;
        return 'json' in firstSeen && 'ours' in firstSeen ? firstSeen : false;
      },
      undefined,
      { timeout: 90_000, polling: 100 },
    );
    const { text = 0, json = 0, ours = 0 } = (await seen.jsonValue()) as Watching['firstSeen'];
    await runCommand(page, 'Developer: Show Running Extensions');
    return {
      json: json - text,
      ours: ours - text,
      jsonActivation: await activationOf(page, 'JSON Language Features'),
      ourActivation: await activationOf(page, 'Dependency Hygiene'),
    };
  } finally {
    await context.close();
  }
}

/** Reads the time that an extension's activation took from the open list of running extensions. */
async function activationOf(page: Page, extension: string): Promise<number> {
  const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: extension });
  const time = row.locator('.activation-time', { hasText: /\d+ms/ });
  return Number(/(\d+)ms/.exec((await time.textContent()) ?? '')?.[1]);
}

interface Watching {
  firstSeen: { text?: number; json?: number; ours?: number };
}

/** Runs in the page: looks for the first marks before each frame. */
function watchMarks(): void {
  const page = globalThis as unknown as Watching & {
    requestAnimationFrame(callback: () => void): void;
    document: { querySelector(selector: string): { readonly textContent: string | null } | null };
  };
  const marks = {
    text: '.editor-instance .view-lines .view-line span span',
    json: '.editor-instance .view-overlays .squiggly-warning',
    ours: '.editor-instance .view-overlays .squiggly-error',
  } as const;
  page.firstSeen = {};
  const look = () => {
    for (const [name, selector] of Object.entries(marks)) {
      const key = name as keyof typeof marks;
      if (page.firstSeen[key] === undefined && page.document.querySelector(selector) !== null) {
        page.firstSeen[key] = performance.now();
      }
    }
    page.requestAnimationFrame(look);
  };
  look();
}
