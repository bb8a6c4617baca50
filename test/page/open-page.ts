import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Frame, Page } from 'playwright-core';

/** How a page is opened: as a reader with these preferences. */
export interface Reader {
  readonly colours?: 'light' | 'dark';
  readonly scripts?: boolean;
  readonly width?: number;
}

/** A page with everything that went wrong in it, and every URL but its own that it asked for. */
export interface OpenedPage {
  readonly page: Page;
  readonly errors: readonly string[];
  readonly asked: readonly string[];
}

/** Opens a file of a report and waits until it is interactive. */
export async function openPage(
  browser: Browser,
  file: string,
  { colours = 'light', scripts = true, width = 1280 }: Reader = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: colours,
    javaScriptEnabled: scripts,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const asked: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('console', (message) => void errors.push(message.text()));
  page.on('pageerror', (error) => void errors.push(String(error)));
  page.on('request', (request) => {
    if (request.url() !== url) asked.push(request.url());
  });
  await page.goto(url);
  return { page, errors, asked };
}

/** A violation of a rule of axe. */
export interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Returns the serious and critical violations that axe finds, of all its rules or only of some. */
export async function seriousViolations(
  page: Page | Frame,
  rules?: readonly string[],
): Promise<readonly string[]> {
  // The policy of the page binds its scripts, not those of the debugger.
  await page.evaluate(`${axe.source}; undefined`);
  const violations = (await page.evaluate(
    `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) })}).then(({ violations }) => violations)`,
  )) as readonly Violation[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.length} times, such as ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
    );
}
