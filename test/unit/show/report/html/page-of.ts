import { createHash } from 'node:crypto';
import { exitReasonOf } from '../../../../../server/src/core/show/report/check/exit-reason.ts';
import { reportCoverage } from '../../../../../server/src/core/show/report/check/report-coverage.ts';
import type { PageInput } from '../../../../../server/src/core/show/report/html/page-input.ts';
import { reportPage } from '../../../../../server/src/core/show/report/html/report-page.ts';
import { type PagePorts, pageProjects } from '../../../../../server/src/engine/report/page-projects.ts';
import { reportOf } from '../../../../../server/src/engine/report/report-of.ts';
import { NOTHING_JUDGED } from '../../../../../server/src/node/cli/check/deep-findings.ts';
import { openWorkspace, ROOT, type WorkspaceOptions } from '../../../../workspace.ts';

/** Nothing is installed or cached. */
const NOTHING: PagePorts = {
  files: { list: async () => undefined, read: async () => ({ type: 'missing' }) },
  cache: undefined,
  clock: { now: () => 0 },
};

/** Returns what the page is made from, for a workspace in a string. */
export async function pageInputOf(source: string, options: WorkspaceOptions = {}): Promise<PageInput> {
  const { snapshot } = await openWorkspace(source, options);
  const now = Date.parse('2026-11-24T12:00:00Z');
  const trusted = options.registry !== undefined;
  const asked = { offline: false, trusted, popularNames: '# 2026-11-24\n', today: '2026-11-24' };
  const nothing = { excluded: [], gitFailures: new Map(), uncompared: [] };
  const report = reportOf(snapshot, { root: ROOT, path: '/workspace', ...nothing }, asked, NOTHING_JUDGED, {
    report() {},
  });
  const coverage = reportCoverage(report, now);
  return {
    report,
    ending: { coverage, exitReason: exitReasonOf(report, coverage, 'error', false) },
    failOn: 'error',
    projects: await pageProjects(snapshot, NOTHING),
    folder: 'workspace',
    now,
    version: '1.2.3',
    host: { type: 'file', hash: (text) => createHash('sha256').update(text).digest('base64') },
  };
}

/** Returns the page of a workspace in a string. */
export async function pageOf(source: string, options: WorkspaceOptions = {}): Promise<string> {
  return reportPage(await pageInputOf(source, options));
}

/** Returns a section of a page by its id. */
export function sectionOf(page: string, id: string): string {
  const start = page.indexOf(`<section id="${id}"`);
  return start === -1 ? '' : page.slice(start, page.indexOf('</section>', start));
}

/** Returns the text of a part of a page: without tags, with single spaces. */
export function textIn(html: string): string {
  const text = html.replace(/<title>.*?<\/title>/g, '').replace(/<[^>]*>/g, ' ');
  const plain = text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name]!);
  return plain.replace(/\s+/g, ' ').trim();
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

/** Returns the cells of the rows of a table by its caption, as texts. */
export function rowsOf(page: string, caption: string): readonly (readonly string[])[] {
  const table = page.split('<table').find((part) => part.includes(`<caption>${caption}`)) ?? '';
  const body = /<tbody>(.*?)<\/tbody>/s.exec(table)?.[1] ?? '';
  return body
    .split('<tr')
    .slice(1)
    .map((row) => Array.from(row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs), ([, cell]) => textIn(cell!)));
}
