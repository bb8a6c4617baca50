import { RULES } from '../../core/judge/rules/index.ts';
import { relativeUri } from '../../core/read/text/paths/uri.ts';
import { asClause } from '../../core/read/text/words/clause.ts';
import { unusedJson } from '../../core/show/report/unused/unused-json.ts';
import { unusedCoverage, unusedReport } from '../../core/show/report/unused/unused-report.ts';
import { unusedText } from '../../core/show/report/unused/unused-text.ts';
import { createSession } from '../../engine/create-session.ts';
import { uriOfPath } from '../disk-files.ts';
import { createNodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { directoryTrust } from './directory-trust.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { configOf } from './given/given-config.ts';
import { directoryOf, repositoryOf } from './given/given-directory.ts';
import { untilInterrupted } from './until-interrupted.ts';

const HELP = `Lists dependencies that nothing uses, and imports that nothing declares.

Usage
  dephygiene unused [dir] [options]

Options
  --format text|json   text for people (default), json for programs
  --json               the same as --format json
  --config <file>      use this configuration instead of each project's own

It searches the files below the directory for imports, names in configuration
files, and commands in scripts, workflows and Dockerfiles. Nothing is sent and
nothing is run. node_modules, git-ignored paths and the "exclude" globs of
dependency-hygiene.json are skipped. In doubt a dependency counts as used.

Findings
  unused                no file imports or names it
  not declared          a file imports it, and no manifest around it declares it
  only for development  in dependencies, but only tests import it
  published, but a development dependency
                        a published file of a library imports it

"check" has the same findings if the rules unused-dependency and
missing-dependency are enabled, as in the preset "all".

Exit code
  0   nothing was found, and everything was searched
  1   something was found
  2   usage error, or a file could not be read

Examples
  dephygiene unused
  dephygiene unused packages/app --json
`;

/** Lists unused and undeclared dependencies. */
export const unused: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('unused', args, { ...FORMAT_OPTIONS, config: 'string' });
    const format = formatOf(given, ['text', 'json']);
    const policyFile = await configOf(given);
    const directory = await directoryOf('unused', given.positionals);
    const root = uriOfPath(directory);
    const ports = createNodePorts({ roots: () => [root], version: undefined });
    const session = createSession(ports);
    session.configure({
      ...{ online: false, policyFile, checkedFolder: root, advisorySources: new Set() },
      severities: new Map(RULES.map(({ id, readsUsage, severity }) => [id, readsUsage ? severity : 'off'])),
      ...directoryTrust(root, false),
    });
    session.setFolders([uriOfPath(await repositoryOf(directory))]);
    const { progress } = terminal;
    const stop = () => {
      session.dispose();
      progress.end();
    };
    await untilInterrupted(async () => {
      await session.loadFolder(root, progress);
      await session.searchUsage(root, progress);
    }, stop);
    const snapshot = session.snapshot();
    const manifests = snapshot.projects.flatMap(({ files }) =>
      [...files.values()].filter(({ kind }) => kind === 'manifest'),
    );
    const unread = snapshot.projects.flatMap(({ statuses }) =>
      statuses.filter(({ kind, status }) => kind === 'manifest' && status !== 'checked'),
    );
    if (manifests.length === 0 && unread.length === 0) {
      stop();
      throw new WrongUse(`no package.json was found in ${directory}; give a directory that holds one.`);
    }
    const findings = manifests.flatMap(({ uri }) =>
      uri === undefined ? [] : snapshot.diagnose(uri).findings,
    );
    const report = unusedReport({
      root,
      findings,
      usage: snapshot.projects[0]?.project.usage,
      unread: unread.map(({ uri, reason }) => ({
        path: relativeUri(root, uri),
        reason: reason === undefined ? 'could not be read completely' : asClause(reason),
      })),
      textOf: snapshot.textOf,
    });
    stop();
    const { columns, colour } = terminal;
    terminal.out(format === 'json' ? unusedJson(report) : unusedText(report, { columns, colour }));
    if (unusedCoverage(report).state !== 'checked') return 2;
    return findings.length > 0 ? 1 : 0;
  },
};
