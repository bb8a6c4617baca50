import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { fileGap, unreadSources } from '../../core/judge/check/file-gap.ts';
import { sbomVulnerabilities } from '../../core/judge/sbom/sbom-vulnerabilities.ts';
import { buildGraph } from '../../core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../core/read/graph/dependency-graph.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { dayOf } from '../../core/read/policy-file/day.ts';
import { graphOptionsOf } from '../../core/read/project/graph-options-of.ts';
import { manifestLicense } from '../../core/read/sbom/manifest-license.ts';
import { SBOM_FORMATS, SBOM_TYPES, type SbomInput } from '../../core/read/sbom/sbom.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { pathsFrom } from '../../core/show/report/check/report.ts';
import { incompleteBecause } from '../../core/show/sbom/written-sbom.ts';
import { installedLicenses } from '../../engine/projects/installed-licenses.ts';
import type { ProjectSnapshot } from '../../engine/session.ts';
import { DEFAULT_SETTINGS } from '../../engine/settings.ts';
import { whyNotWritten } from '../files/file-problem.ts';
import { replaceFile } from '../files/replace-file.ts';
import { noLockfile } from './audit/no-lockfile.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { oneOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { sourceDateEpoch } from './given/source-date-epoch.ts';
import { type LoadedProject, loadProject } from './one-project.ts';

const HELP = `Prints a software bill of materials of a project, from its lockfile.

Usage
  dephygiene sbom [dir] [options]

Options
  --format cyclonedx|spdx
                        CycloneDX 1.6 (default) or SPDX 2.3, both in JSON
  --json                changes nothing, as both formats are JSON
  --type application|library
                        what the project is (default: application)
  --omit dev            leave out packages that only development dependencies
                        pull in
  --vex                 add known vulnerabilities, with the reasons for which
                        dependency-hygiene.json accepts them
  --timestamp           add the time, or that of SOURCE_DATE_EPOCH
  --serial-number       add a random id
  --output <file>       write to a file

It reads the lockfile of npm, pnpm, Yarn or Bun, and sends nothing. Without
--timestamp and --serial-number, the same files give the same bytes.

Exit code
  0   the document is complete
  2   usage error, no lockfile, or a manifest or the lockfile was not read
      completely: the document then says that it is incomplete. With --vex, also
      if there is no source of advisories

Examples
  dephygiene sbom --output bom.json
  dephygiene sbom --format spdx --omit dev packages/app
`;

/** Prints a bill of materials of one project. */
export const sbom: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('sbom', args, {
      ...{ format: 'string', type: 'string', omit: 'string', output: 'string' },
      ...{ vex: 'boolean', timestamp: 'boolean', 'serial-number': 'boolean', json: 'boolean' },
    });
    const format = oneOf('--format', given.text('format') ?? 'cyclonedx', SBOM_FORMATS);
    const type = oneOf('--type', given.text('type') ?? 'application', SBOM_TYPES);
    const omitsDev =
      given.text('omit') !== undefined && oneOf('--omit', given.text('omit')!, ['dev']) === 'dev';
    const epoch = sourceDateEpoch();
    const directory = await directoryOf('sbom', given.positionals);
    const loaded = await loadProject(directory, { ...DEFAULT_SETTINGS, online: false }, terminal);
    const { session, ports, snapshot } = loaded;
    const hasVex = given.flag('vex');
    if (hasVex) session.openAdvisories();
    const project = snapshot();
    const { lockfile } = project.project;
    if (lockfile === undefined) {
      session.dispose();
      throw new WrongUse(noLockfile(project));
    }
    const now = ports.clock.now();
    const { makeSbom, writeSbom } = await import('../../core/show/sbom/make-sbom.ts');
    const input = await inputOf(loaded, lockfile, omitsDev);
    const { sbom: plain, referenceOf } = makeSbom(input);
    const known = { project: project.project, advisories: project.advisories };
    const today = dayOf(epoch ?? now);
    const made = hasVex
      ? {
          ...plain,
          vulnerabilities: sbomVulnerabilities({ ...known, ...input, sbom: plain, referenceOf, today }),
        }
      : plain;
    session.dispose();
    terminal.progress.end();
    const text = writeSbom(made, format, {
      type,
      time: epoch ?? (given.flag('timestamp') ? now : undefined),
      serialNumber: given.flag('serial-number') ? randomUUID() : undefined,
    });
    const output = given.text('output');
    if (output === undefined) terminal.out(text);
    else await writeOutput(output, text);
    for (const reason of incompleteBecause(made)) terminal.error(`dephygiene: ${visibleText(reason)}\n`);
    const isUnsourced = hasVex && !project.advisories.sources.some(({ state }) => state === 'used');
    if (isUnsourced) terminal.error('dephygiene: no source of advisories answered, so none is listed.\n');
    return made.missingComponents.length > 0 || isUnsourced ? 2 : 0;
  },
};

async function inputOf(
  { session, ports, snapshot }: LoadedProject,
  lockfile: Lockfile,
  omitsDev: boolean,
): Promise<SbomInput> {
  const loaded = snapshot();
  const { project } = loaded;
  const graph = buildGraph(lockfile, graphOptionsOf(loaded, lockfile.uri));
  const licenses = await installedLicenses(ports.files, project, entriesOf(graph));
  const { textOf } = session.snapshot();
  return {
    ...{ graph, omitsDev, unread: unreadOf(loaded) },
    licenseOf: ({ entry }) => licenses.get(entry),
    licenseOfMember(path) {
      const text = textOf(joinUri(project.root, path === '' ? 'package.json' : `${path}/package.json`));
      return text === undefined ? undefined : manifestLicense(text);
    },
  };
}

function entriesOf({ packages }: DependencyGraph) {
  return [...new Set(packages.map(({ entry }) => entry))];
}

function unreadOf({ project, statuses }: ProjectSnapshot): readonly string[] {
  const path = pathsFrom(project.root);
  return unreadSources(statuses).flatMap((file) => {
    const gap = fileGap(file, path(file.uri));
    return gap === undefined ? [] : [`${gap.subject} was ${gap.detail}.`];
  });
}

async function writeOutput(typed: string, text: string): Promise<void> {
  try {
    await replaceFile(resolve(typed), text);
  } catch (error) {
    throw new WrongUse(`--output ${typed} ${whyNotWritten(error)}; give another file.`);
  }
}
