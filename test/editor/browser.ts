import { type Browser, chromium, type Page } from 'playwright-core';
import { PATIENCE } from './patience.ts';

/** The default size of a page, in CSS pixels. */
export const pageSize = { width: 1200, height: 760 };

/** Starts a headless Chromium that can reach this machine and nothing else. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-proxy-server',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Opens a URL of the editor in a profile of its own and waits until the workbench is drawn. */
export async function openWorkbench(browser: Browser, url: string, viewport = pageSize): Promise<Page> {
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  return page;
}
