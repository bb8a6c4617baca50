import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, runCli } from '../cli/run-cli.ts';
import { CORPUS_MIRRORS, projectFiles, readCorpus } from '../corpus/corpus.ts';
import { openBrowser, openWorkbench } from '../editor/browser.ts';
import { ensureChromium, ensureEditor } from '../editor/install.ts';
import { startEditor } from '../editor/server.ts';
import { quietSettings } from '../editor/settings.ts';
import { temporaryFolder } from '../editor/workspace-copy.ts';
import { openPage, seriousViolations } from './open-page.ts';

/**
 * Writes the report of every project of the corpus, and opens the largest one in Chromium in turn with VS Code's
 * workbench. Prints sizes and times. The exit code says whether each page is below its size, free of serious faults for
 * assistive technology, and interactive no later than the workbench.
 */
const LARGEST_BYTES = 3_000_000;
const ROUNDS = 7;

interface Written {
  readonly folder: string;
  readonly file: string;
  readonly bytes: number;
  readonly rows: number;
}

const written = readCorpus().map(({ folder }) => writeReport(folder));
const chromium = ensureChromium(console.log);
const editor = ensureEditor(console.log);
if (written.length === 0) console.log('no corpus: nothing to measure');
else if ('reason' in chromium) console.log(chromium.reason);
else if ('reason' in editor) console.log(editor.reason);
else process.exitCode = (await isFast(chromium.path, editor.path)) ? 0 : 1;

function writeReport(folder: string): Written {
  const config = { mirrors: CORPUS_MIRRORS };
  const project = makeProject(Object.fromEntries(projectFiles({ folder })));
  const out = makeProject({ 'dependency-hygiene.json': config });
  const file = join(out, 'report.html');
  runCli(['report', project, '--config', join(out, 'dependency-hygiene.json'), '--output', file]);
  const rows = readFileSync(file, 'utf8').split('<tr').length - 1;
  return { folder, file, bytes: statSync(file).size, rows };
}

async function isFast(chromiumPath: string, editorPath: string): Promise<boolean> {
  const largest = written.toSorted((a, b) => b.bytes - a.bytes);
  for (const { folder, bytes, rows } of largest.slice(0, 5))
    console.log(`${folder.padEnd(34)} ${(bytes / 1000).toFixed(0).padStart(6)} kB  ${rows} rows`);
  const [page] = largest as [Written];
  const workspace = temporaryFolder('dependency-hygiene-workspace');
  const served = await startEditor({
    editor: editorPath,
    workspaceTrust: false,
    serverDataDir: temporaryFolder('dependency-hygiene-editor'),
    userSettings: quietSettings('light'),
    env: { HOME: temporaryFolder('dependency-hygiene-home') },
  });
  const browser = await openBrowser(chromiumPath);
  try {
    const times: Record<'report' | 'search' | 'workbench', number[]> = {
      report: [],
      search: [],
      workbench: [],
    };
    for (let round = 0; round < ROUNDS; round++) {
      const opened = await timed(times.report, () => openPage(browser, page.file));
      // What it shows first is not all: the answer to a key is.
      await timed(times.search, () => search(opened.page));
      await opened.page.context().close();
      const workbench = await timed(times.workbench, () => openWorkbench(browser, served.url(workspace)));
      await workbench.context().close();
    }
    const interactive = median(times.report) + median(times.search);
    const limit = median(times.workbench);
    console.log(`${page.folder}: open ${ms(median(times.report))}, first search ${ms(median(times.search))}`);
    console.log(`VS Code's workbench: open ${ms(limit)}; ratio ${(interactive / limit).toFixed(2)}`);
    const faults: string[] = [];
    for (const colours of ['light', 'dark'] as const) {
      const { page: opened } = await openPage(browser, page.file, { colours });
      faults.push(...(await seriousViolations(opened)).map((fault) => `${colours}: ${fault}`));
      await opened.context().close();
    }
    for (const fault of faults) console.log(fault);
    console.log(`${faults.length} serious faults for assistive technology`);
    return page.bytes < LARGEST_BYTES && interactive <= limit && faults.length === 0;
  } finally {
    await browser.close();
    await served.stop();
  }
}

async function search(page: Awaited<ReturnType<typeof openPage>>['page']): Promise<void> {
  await page.getByLabel('Search').fill('lodash');
  await page.locator('[role=status]').filter({ hasText: 'shown' }).waitFor();
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  times.push(performance.now() - start);
  return result;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
