import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import { TRUST_NESTED } from '../../core/judge/check/advice-for.ts';
import type { Coverage, CoverageGap } from '../../core/judge/check/coverage.ts';
import { dayOf } from '../../core/read/policy-file/day.ts';
import { HEAD } from '../../core/read/project/base.ts';
import { canonicalUri, nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import { exitReasonOf } from '../../core/show/report/check/exit-reason.ts';
import { reportCoverage } from '../../core/show/report/check/report-coverage.ts';
import { reportPage } from '../../core/show/report/html/report-page.ts';
import { createSession } from '../../engine/create-session.ts';
import type { AbortSignalLike } from '../../engine/ports.ts';
import type { ExcludedFile } from '../../engine/projects/folder-walk.ts';
import { acceptedFindings } from '../../engine/report/accepted-findings.ts';
import { codeOwners } from '../../engine/report/code-owners.ts';
import { pageProjects } from '../../engine/report/page-projects.ts';
import { reportOf } from '../../engine/report/report-of.ts';
import type { Progress } from '../../engine/session.ts';
import { signalOf } from '../abort-signal.ts';
import { filesWithOpenDocuments } from '../files-with-open-documents.ts';
import { SETTINGS_SECTION, type WebPageResult } from '../messages.ts';
import { NO_PROJECTS } from '../no-projects.ts';
import { beginProgress } from '../progress.ts';
import type { ServerState } from '../server-state.ts';
import { type EditorHost, editorHost, webPage } from '../web-page.ts';
import { engineSettings } from './configuration.ts';

const NOTHING_MORE = { findings: [], notChecked: [] };

/** Makes the report of an open folder, with the texts of open documents and the settings and trust of the editor. */
export async function makeReport(
  server: ServerState,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<WebPageResult> {
  const { nonce, folder: given } = (params.arguments?.[0] ?? {}) as Readonly<Record<string, unknown>>;
  const host = editorHost(nonce);
  if (host === undefined) return { problem: 'The question for a page is invalid.' };
  await server.settled;
  const uri = typeof given === 'string' ? canonicalUri(given) : server.folders[0];
  const folder = server.folders.find((one) => one === uri);
  if (folder === undefined) return { problem: 'Open a folder first.' };
  const progress = await beginProgress(server, params);
  const signal = signalOf(token, progress.token);
  progress.reporter?.begin('Making the report', undefined, undefined, true);
  const report = (message: string, done: number, total: number | undefined) =>
    progress.reporter?.report(`${message} ${done}${total === undefined ? '' : ` of ${total}`}`);
  try {
    const page = await pageOf(server, folder, host, { report }, signal);
    if (signal.aborted) return { problem: 'The report was cancelled.' };
    return page === undefined ? { problem: NO_PROJECTS } : { page };
  } finally {
    progress.reporter?.done();
  }
}

/**
 * Checks a folder in a session of its own: the live one would go on to check projects that were never opened. Undefined
 * if it has none.
 */
async function pageOf(
  server: ServerState,
  folder: Uri,
  host: EditorHost,
  progress: Progress,
  signal: AbortSignalLike,
) {
  const { ports, documents, folders } = server;
  const files = filesWithOpenDocuments(ports.files, documents);
  const session = createSession({ ...ports, files });
  const settings = {
    ...engineSettings(server),
    ...{ comparesCommits: false, opensAdvisoriesLater: false, base: HEAD.revision, checkedFolder: folder },
  };
  const cancelled = new Promise<void>((resolve) => signal.addEventListener('abort', resolve));
  try {
    session.configure(settings);
    session.setFolders(folders);
    for (const { uri, text } of documents.all()) session.setOverlay(uri, text);
    const excluded: ExcludedFile[] = [];
    await session.loadFolder(folder, progress, signal, (file) => excluded.push(file));
    if (session.wantsUsage()) await session.searchUsage(folder, progress, signal);
    const { online } = server.clientSettings;
    const trusted = session.snapshot().projects.some(({ project }) => project.trust !== 'untrusted');
    if (trusted && online && !signal.aborted) {
      const ask = session.settle(progress).then(() => session.compareCode());
      await Promise.race([ask, cancelled]);
    }
    const snapshot = session.snapshot();
    if (signal.aborted || snapshot.projects.length === 0) return undefined;
    const now = ports.clock.now();
    const today = dayOf(now);
    const left = { excluded, gitFailures: session.gitFailures(), uncompared: session.uncompared() };
    const asked = { offline: !online, trusted, popularNames: ports.popularNames(), today };
    const checked = { root: folder, path: nameOf(folder), ...left };
    const found = reportOf(snapshot, checked, asked, NOTHING_MORE, progress);
    const projects = await pageProjects(snapshot, { ...ports, files });
    const ownersOf = await codeOwners(folder, files);
    const report = { ...found, accepted: acceptedFindings(session, settings, today) };
    const coverage = advisedForEditor(reportCoverage(report, now), trusted);
    const html = reportPage({
      report,
      ending: { coverage, exitReason: exitReasonOf(report, coverage, 'error', false) },
      failOn: 'error',
      projects,
      ownersOf,
      folder: nameOf(folder),
      now,
      version: server.version,
      host,
    });
    return webPage(server, `Report: ${nameOf(folder)}`, html, host);
  } finally {
    session.dispose();
  }
}

/** What to do in an editor, where the options of the command line do not help. */
const ADVICE: Readonly<Partial<Record<CoverageGap['reason'], string>>> = {
  untrusted: 'trust the folder',
  offline: `turn "${SETTINGS_SECTION}.online" on`,
  'switched-off': `name the source in "${SETTINGS_SECTION}.advisories.sources"`,
  'not-provided': `use a registry that offers advisories, or name the sources in "${SETTINGS_SECTION}.advisories.sources"`,
};

const NESTED = 'their registry is named only in untrusted files of a nested folder';

function advisedForEditor(coverage: Coverage, trusted: boolean): Coverage {
  const gaps = coverage.gaps.map((gap) => {
    // In a trusted window only the registry of a nested folder is not asked.
    if (gap.reason === 'untrusted' && trusted) return { ...gap, detail: NESTED, advice: TRUST_NESTED };
    const advice = gap.advice.includes('--') ? ADVICE[gap.reason] : undefined;
    return advice === undefined ? gap : { ...gap, advice };
  });
  return { ...coverage, gaps };
}
