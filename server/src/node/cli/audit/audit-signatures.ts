import type { SignatureAudit } from '../../../core/judge/audit/signature-audit.ts';
import { type CoverageGap, coverageWith } from '../../../core/judge/check/coverage.ts';
import { fileGap, unreadSources } from '../../../core/judge/check/file-gap.ts';
import { signaturesJson } from '../../../core/show/report/audit/signatures-json.ts';
import { signaturesText } from '../../../core/show/report/audit/signatures-text.ts';
import { gapLines } from '../../../core/show/report/check/gap-lines.ts';
import { pathsFrom } from '../../../core/show/report/check/report.ts';
import { uriOfPath } from '../../disk-files.ts';
import type { Command } from '../command.ts';
import { directoryTrust } from '../directory-trust.ts';
import { WrongUse } from '../exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from '../given/arguments.ts';
import { directoryOf } from '../given/given-directory.ts';
import { loadProject } from '../one-project.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { noLockfile } from './no-lockfile.ts';

const HELP = `Verifies signatures and attestations of all locked packages, like npm.

Usage
  dephygiene audit signatures [dir] --trust [options]

Options
  --trust               ask the registries that the project's files and your own
                        configure. Without it nothing is sent or verified
  --json                npm's format, {"invalid": [], "missing": []}, with
                        counts and everything that was not checked
  --format text|json    text for people (default); json is the same as --json
  --tarballs            also download the files and compare their hashes with
                        registry and lockfile. No file is kept
  --offline             send nothing, and verify only cached data

Exit code
  0   everything verifies
  1   a signature is missing although the registry signs, or a signature,
      attestation or hash does not verify
  2   usage error, no package of a registry that signs, or a manifest or the
      lockfile was not read completely. With nothing wrong, also if something
      was not checked, which standard error lists

It reads the lockfile of the project's package manager, and needs no
node_modules. Keys and hashes are verified as by "verify". A signature by a key
that had expired, or that the registry does not list, is invalid.

Examples
  dephygiene audit signatures --trust --tarballs
`;

/** Verifies the packages of a lockfile as `npm audit signatures` does. */
export const auditSignaturesCommand: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('audit signatures', args, {
      ...FORMAT_OPTIONS,
      ...{ tarballs: 'boolean', trust: 'boolean', offline: 'boolean' },
    });
    const isJson = formatOf(given, ['text', 'json']) === 'json';
    const directory = await directoryOf('audit signatures', given.positionals);
    const [trusted, online] = [given.flag('trust'), !given.flag('offline')];
    if (!trusted)
      throw new WrongUse(
        'audit signatures asks the registries that the project names; add --trust if you trust the directory.',
      );
    const settings = {
      ...directoryTrust(uriOfPath(directory), trusted),
      ...{ online, severities: new Map(), policyFile: undefined, advisorySources: new Set<never>() },
    };
    const { session, ports, snapshot } = await loadProject(directory, settings, terminal);
    const loaded = snapshot();
    const { project, statuses } = loaded;
    if (project.lockfile === undefined) throw new WrongUse(noLockfile(loaded));
    if (project.trust === 'untrusted') throw new WrongUse(`the project in ${directory} is not trusted.`);
    const { auditSignatures } = await import('../../../engine/verify/verify.ts');
    const start = ports.clock.now();
    const tarballs = given.flag('tarballs');
    const question = { project, facts: session.inquire(project, { online }), tarballs };
    const audit = await untilInterrupted(
      () =>
        auditSignatures({
          ...question,
          ports: online ? ports : { ...ports, http: undefined },
          progress: terminal.progress,
        }),
      () => {
        session.dispose();
        terminal.progress.end();
      },
    );
    session.dispose();
    terminal.progress.end();
    const path = pathsFrom(project.root);
    const files = statuses.flatMap((file) => fileGap(file, path(file.uri)) ?? []);
    const coverage = coverageWith([...files, ...audit.gaps]);
    const seconds = Math.floor((ports.clock.now() - start) / 1000);
    const { colour, columns } = terminal;
    terminal.out(
      isJson ? signaturesJson(audit, coverage) : signaturesText(audit, { colour, seconds, tarballs }),
    );
    const complain = (words: string, gaps: readonly CoverageGap[]) =>
      terminal.error(`${[`dephygiene: ${words}`, ...gapLines(gaps, columns)].join('\n')}\n`);
    const isUnread = unreadSources(statuses).length > 0;
    if (coverage.gaps.length > 0) complain('not everything was checked:', coverage.gaps);
    if (isUnread) return 2;
    if (audit.invalid.length > 0 || audit.missing.length > 0) return 1;
    if (coverage.gaps.length > 0) return 2;
    if (isAudited(audit)) return 0;
    complain('no package was found that comes from a registry that signs.', []);
    return 2;
  },
};

function isAudited({ audited, attested, tarballs }: SignatureAudit): boolean {
  return audited + attested + tarballs > 0;
}
