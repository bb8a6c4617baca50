import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { repositoryRoot } from './paths.ts';
import { temporaryFolder } from './workspace-copy.ts';

/** Takes a picture of the output of `dephygiene check` in a terminal of 80 columns. */
export async function takeTerminalPicture(browser: Browser, directory: string, out: string): Promise<string> {
  const path = join(out, 'terminal.png');
  const page = await browser.newPage({ viewport: { width: 760, height: 600 } });
  await page.setContent(pageOf(`$ dephygiene check ${directory}\n${printed(directory)}`));
  await page.locator('pre').screenshot({ path });
  await page.close();
  return path;
}

function printed(directory: string): string {
  const run = spawnSync(process.execPath, [join(repositoryRoot, 'dist/cli.js'), 'check', directory], {
    cwd: join(repositoryRoot, 'test/fixtures/demo'),
    encoding: 'utf8',
    env: {
      ...process.env,
      FORCE_COLOR: '1',
      COLUMNS: '80',
      HOME: temporaryFolder('dependency-hygiene-home'),
    },
  });
  // The folder has errors, and the picture shows the command without an option that makes it pass.
  if (run.status !== 1) throw new Error(`the command line ended with ${run.status}: ${run.stderr}`);
  return run.stdout;
}

function pageOf(text: string): string {
  return `<style>body { margin: 0 } pre { display: inline-block; margin: 0; padding: 14px 18px; background: #1b1f27;
    color: #d5d9e0; font: 14px/1.4 "DejaVu Sans Mono", monospace }</style><pre>${toHtml(text)}</pre>`;
}

/** The few codes that the report uses: bold, faint and four colors. */
const STYLES: Readonly<Record<string, string>> = {
  1: 'font-weight: bold',
  2: 'opacity: .6',
  31: 'color: #ff7b72',
  33: 'color: #e3b341',
  35: 'color: #d2a8ff',
  36: 'color: #76e3ea',
};

function toHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const code = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`, 'g');
  return escaped.replace(code, (_, digits: string) => {
    const style = STYLES[digits];
    return style === undefined ? '</span>' : `<span style="${style}">`;
  });
}
