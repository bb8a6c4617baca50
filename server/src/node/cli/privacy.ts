import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { projectPrivacy } from '../../core/show/features/privacy/privacy.ts';
import { privacyJson } from '../../core/show/report/privacy/privacy-json.ts';
import { privacyText, type UnreadFile } from '../../core/show/report/privacy/privacy-text.ts';
import { createSession } from '../../engine/create-session.ts';
import { statisticsAddress } from '../../engine/registry/statistics-address.ts';
import { secretsOpenToOthers } from '../../engine/session/secrets-open-to-others.ts';
import type { ProjectSnapshot } from '../../engine/session.ts';
import { DEFAULT_SETTINGS } from '../../engine/settings.ts';
import { uriOfPath } from '../disk-files.ts';
import { createNodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { directoryTrust } from './directory-trust.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf, repositoryOf } from './given/given-directory.ts';

const HELP = `Lists the names that would be sent to each registry.

Usage
  dephygiene privacy [dir] [options]

Options
  --format text|json    text for people (default), json with every name
  --json                the same as --format json

Exit code
  0   every manifest and lockfile was read
  2   usage error, or one was not read completely, so names may be missing

It also lists the names that are never sent, with the line of the file that
decides. Your own configuration files with a credential are named if other users
of the machine can read them. It sends nothing itself. It answers as if the
directory's project were trusted. Without trust nothing is sent at all.

Examples
  dephygiene privacy packages/app
`;

/** Prints what would leave the machine. */
export const privacy: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('privacy', args, FORMAT_OPTIONS);
    const format = formatOf(given, ['text', 'json']);
    const directory = await directoryOf('privacy', given.positionals);
    const root = uriOfPath(directory);
    const ports = createNodePorts({ roots: () => [root], version: undefined });
    const session = createSession(ports);
    session.configure({ ...DEFAULT_SETTINGS, online: true, ...directoryTrust(root, true) });
    session.setFolders([uriOfPath(await repositoryOf(directory))]);
    await session.loadFolder(root, terminal.progress);
    const { projects: snapshots, textOf } = session.snapshot();
    session.dispose();
    terminal.progress.end();
    if (snapshots.length === 0) {
      throw new WrongUse(`no package.json was found in ${directory}; give a directory that holds one.`);
    }
    const statistics = statisticsAddress(ports);
    const projects = snapshots.map(({ project, files }) =>
      projectPrivacy({ project, files, text: textOf, base: root, settings: ONLINE, statistics }),
    );
    const unread = snapshots.flatMap(unreadFiles);
    const notes = { unread, openToOthers: await secretsOpenToOthers(ports), home: ports.home };
    terminal.out(
      format === 'json'
        ? privacyJson(projects, notes, root)
        : privacyText(projects, notes, { root, columns: terminal.columns }),
    );
    if (unread.length === 0) return 0;
    const files = unread.length === 1 ? 'a file was' : `${unread.length} files were`;
    terminal.error(`${visibleText(`dephygiene: ${files} not read completely, so names may be missing.`)}\n`);
    return 2;
  },
};

const ONLINE = { online: true, trusted: true };

/** Returns files with package names that may not have been read completely. */
function unreadFiles({ statuses }: ProjectSnapshot): readonly UnreadFile[] {
  return statuses.filter(({ status }) => status !== 'checked').map(({ uri, reason }) => ({ uri, reason }));
}
