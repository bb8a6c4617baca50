import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import { OSV_API } from '../../core/advisory/osv-addresses.ts';
import { projectPrivacy } from '../../core/features/privacy/privacy.ts';
import { privacyText } from '../../core/report/privacy-text.ts';
import { isWithin, type Uri } from '../../core/text/uri.ts';
import type { ProjectSnapshot } from '../../engine/session.ts';
import { statisticsAddress } from '../../engine/statistics-address.ts';
import { signalOf } from '../abort-signal.ts';
import { beginProgress } from '../progress.ts';
import type { ServerState } from '../server-state.ts';

const COLUMNS = 80;

/** Which names of the opened folders may be sent to whom, with the present settings and trust. It sends nothing. */
export async function privacyOf(
  server: ServerState,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<string | null> {
  const progress = await beginProgress(server, params);
  const signal = signalOf(token, progress.token);
  await server.settled;
  try {
    progress.reporter?.begin('Reading dependencies', undefined, undefined, true);
    for (const folder of server.folders) {
      const report = (message: string, done: number) => progress.reporter?.report(`${message}: ${done}`);
      await server.session.loadFolder(folder, { report }, signal);
    }
  } finally {
    progress.reporter?.done();
  }
  if (signal.aborted) return null;
  const { projects } = server.session.snapshot();
  const inFolders = server.folders.map((folder) => {
    const own = projects.filter(({ project }) => isWithin(folder, project.root));
    return own.length === 0 ? '' : textOf(server, own, folder);
  });
  const others = projects.filter(
    ({ project }) => !server.folders.some((folder) => isWithin(folder, project.root)),
  );
  const texts = [...inFolders, ...others.map((each) => textOf(server, [each], each.project.root))];
  return texts.filter((text) => text !== '').join('\n');
}

function textOf(
  { clientSettings, ports, session }: ServerState,
  projects: readonly ProjectSnapshot[],
  base: Uri,
): string {
  const { online } = clientSettings;
  const statistics = statisticsAddress(ports);
  const osv = clientSettings.advisories.sources.has('osv') ? (ports.osvApi ?? OSV_API) : undefined;
  const text = session.snapshot().textOf;
  const privacy = projects.map(({ project, files }) =>
    projectPrivacy({
      ...{ project, files, text, base, statistics, osv },
      settings: { online, trusted: project.trust !== 'untrusted' },
    }),
  );
  const unread = projects.flatMap(({ statuses }) => statuses.filter(({ status }) => status !== 'checked'));
  return privacyText(privacy, unread, { root: base, columns: COLUMNS });
}
