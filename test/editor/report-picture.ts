import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { repositoryRoot } from './paths.ts';
import type { AnyTheme } from './settings.ts';
import { temporaryFolder } from './workspace-copy.ts';

/** Takes a picture of the beginning of a report on a folder of the demo. */
export async function takeReportPicture(
  browser: Browser,
  directory: string,
  theme: AnyTheme,
  out: string,
): Promise<string> {
  const path = join(out, `report-${theme}.png`);
  const page = await browser.newPage({
    viewport: { width: 1040, height: 780 },
    colorScheme: theme.endsWith('light') ? 'light' : 'dark',
    forcedColors: theme.startsWith('contrast') ? 'active' : 'none',
  });
  await page.goto(pathToFileURL(written(directory)).href);
  await page.screenshot({ path });
  await page.close();
  return path;
}

function written(directory: string): string {
  const home = temporaryFolder('dependency-hygiene-home');
  const file = join(home, 'report.html');
  const run = spawnSync(
    process.execPath,
    [join(repositoryRoot, 'dist/cli.js'), 'report', directory, '--output', file],
    {
      cwd: join(repositoryRoot, 'test/fixtures/demo'),
      encoding: 'utf8',
      env: { ...process.env, HOME: home },
    },
  );
  if (run.status !== 0) throw new Error(`the command line ended with ${run.status}: ${run.stderr}`);
  return file;
}
