import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import { OSV_API } from '../../core/know/advisory/osv/osv-url.ts';
import { isWithin, type Uri } from '../../core/read/text/paths/uri.ts';
import { projectPrivacy } from '../../core/show/features/privacy/privacy.ts';
import { privacyMarkdown } from '../../core/show/report/privacy/privacy-markdown.ts';
import { privacyText } from '../../core/show/report/privacy/privacy-text.ts';
import { createSession } from '../../engine/create-session.ts';
import { statisticsAddress } from '../../engine/registry/statistics-address.ts';
import { secretsOpenToOthers } from '../../engine/session/secrets-open-to-others.ts';
import type { ProjectSnapshot, Session, Snapshot } from '../../engine/session.ts';
import { signalOf } from '../abort-signal.ts';
import { filesWithOpenDocuments } from '../files-with-open-documents.ts';
import type { TextQuestion } from '../messages.ts';
import { beginProgress } from '../progress.ts';
import type { ServerState } from '../server-state.ts';
import { engineSettings } from './configuration.ts';

const COLUMNS = 80;

/**
 * Returns which names of the open folders may be sent to whom, with the current settings and trust. The
 * projects are loaded into a session of their own: the live one would check those that were never opened,
 * and query registries about them.
 */
export async function privacyOf(
  server: ServerState,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<string | null> {
  const { format: given } = (params.arguments?.[0] ?? {}) as Partial<TextQuestion>;
  const format = given === 'markdown' ? given : 'text';
  const progress = await beginProgress(server, params);
  const signal = signalOf(token, progress.token);
  await server.settled;
  const session = createSilentSession(server);
  try {
    progress.reporter?.begin('Reading dependencies', undefined, undefined, true);
    for (const folder of server.folders) {
      const report = (message: string, done: number) => progress.reporter?.report(`${message}: ${done}`);
      await session.loadFolder(folder, { report }, signal);
    }
  } finally {
    progress.reporter?.done();
    session.dispose();
  }
  if (signal.aborted) return null;
  const all = session.snapshot();
  const openToOthers = await secretsOpenToOthers(server.ports);
  const inFolders = server.folders.map((folder) => {
    const own = all.projects.filter(({ project }) => isWithin(folder, project.root));
    return own.length === 0 ? '' : textOf(server, own, all, folder, { format, openToOthers });
  });
  const live = server.session.snapshot();
  const others = live.projects.filter(
    ({ project }) => !server.folders.some((folder) => isWithin(folder, project.root)),
  );
  const texts = [
    ...inFolders,
    ...others.map((each) => textOf(server, [each], live, each.project.root, { format, openToOthers })),
  ];
  return texts.filter((text) => text !== '').join('\n');
}

/** Creates a session with the texts and settings of the live one that cannot send anything. */
function createSilentSession(server: ServerState): Session {
  const { ports, documents, folders } = server;
  const files = filesWithOpenDocuments(ports.files, documents);
  const session = createSession({ ...ports, files, http: undefined });
  session.configure({ ...engineSettings(server), comparesCommits: false });
  session.setFolders(folders);
  for (const { uri, text } of documents.all()) session.setOverlay(uri, text);
  return session;
}

function textOf(
  { clientSettings, ports }: ServerState,
  projects: readonly ProjectSnapshot[],
  { textOf: text }: Snapshot,
  base: Uri,
  { format, openToOthers }: { readonly format: 'text' | 'markdown'; readonly openToOthers: readonly Uri[] },
): string {
  const { online } = clientSettings;
  const statistics = statisticsAddress(ports);
  const osv = clientSettings.advisories.sources.has('osv') ? (ports.osvApi ?? OSV_API) : undefined;
  const privacy = projects.map(({ project, files }) =>
    projectPrivacy({
      ...{ project, files, text, base, statistics, osv },
      settings: { online, trusted: project.trust !== 'untrusted' },
    }),
  );
  const unread = projects.flatMap(({ statuses }) => statuses.filter(({ status }) => status !== 'checked'));
  const notes = { unread, openToOthers, home: ports.home };
  if (format === 'markdown') return privacyMarkdown(privacy, notes, { root: base });
  return privacyText(privacy, notes, { root: base, columns: COLUMNS });
}
