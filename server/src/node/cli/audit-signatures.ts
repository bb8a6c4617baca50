import type { SignatureAudit } from '../../core/judge/audit/signature-audit.ts';
import { type CoverageGap, coverageWith } from '../../core/judge/check/coverage.ts';
import { fileGap, unreadSources } from '../../core/judge/check/file-gap.ts';
import { signaturesJson } from '../../core/show/report/audit/signatures-json.ts';
import { signaturesText } from '../../core/show/report/audit/signatures-text.ts';
import { gapLines } from '../../core/show/report/check/gap-lines.ts';
import { pathsFrom } from '../../core/show/report/check/report.ts';
import { uriOfPath } from '../disk-files.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { directoryTrust } from './directory-trust.ts';
import { WrongUse } from './exit-code.ts';
import { directoryOf } from './given-directory.ts';
import { noLockfile } from './no-lockfile.ts';
import { loadProject } from './one-project.ts';
import { untilInterrupted } from './until-interrupted.ts';

const HELP = `Verifies signatures and attestations of every locked package, like
npm audit signatures.

Usage
  dephygiene audit signatures [dir] --trust [options]

Options
  --trust               ask the registries that the project's files and your own
                        configure; without it nothing is sent or verified
  --json                npm's own format, {"invalid": [], "missing": []}, with
                        counts and what was not checked
  --tarballs            download the files too, and compare their hashes with
                        registry and lockfile. Nothing of them is kept
  --offline             send nothing: only what is cached is verified

Exit code
  0   everything verifies
  1   a signature is missing though the registry signs, or something does not
      verify: a signature, an attestation, a hash
  2   wrong use; a manifest or the lockfile was not read completely; no package
      of a registry that signs; or, with nothing wrong, something was not
      checked, which standard error lists

It reads the lockfile that the project's package manager reads, npm's or
another's, and needs no node_modules. Keys and hashes are verified as by
"verify". A signature by a key that had expired, or that the registry does not
list, is invalid.
`;

/** Verifies what a lockfile has as `npm audit signatures` does. */
export const auditSignaturesCommand: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('audit signatures', args, {
      ...{ json: 'boolean', tarballs: 'boolean', trust: 'boolean', offline: 'boolean' },
    });
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
    const { auditSignatures } = await import('../../engine/verify/verify.ts');
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
      given.flag('json')
        ? signaturesJson(audit, coverage)
        : signaturesText(audit, { colour, seconds, tarballs }),
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
