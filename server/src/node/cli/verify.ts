import { resolve } from 'node:path';
import { packumentUrl } from '../../core/know/registry/access/packument-url.ts';
import { readPackageQuery } from '../../core/read/graph/find-nodes.ts';
import type { Judgement } from '../../core/show/verify/checks.ts';
import type { Command } from './command.ts';
import { type ExitCode, WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { readGiven } from './given/read-given.ts';
import { openProject } from './open-project.ts';

const HELP = `Inspects and verifies one package before you install it.

Usage
  dephygiene verify <name[@version]> [dir] [options]

Options
  --trust               let the project's files choose the registry and read the
                        environment variables that they name. Without it only
                        your own configuration counts
  --offline             send nothing, and use cached answers
  --trusted-root <file> verify attestations by this trusted_root.json instead of
                        Sigstore's, like DEPHYGIENE_TRUSTED_ROOT
  --format text|json    text for people (default), json for programs
  --json                the same as --format json

It asks the package's registry, downloads the file, and verifies the registry's
signature, the attestations, and the hashes of registry and lockfile. Nothing is
installed, unpacked or run. Without a version it checks the locked one, else the
latest.

Exit code
  0   everything was checked, and nothing is wrong
  1   something is wrong: not in the registry, a name that looks like another,
      malware, a known vulnerability, or a signature, attestation or hash that
      does not verify
  2   usage error, or something could not be checked

Examples
  dephygiene verify left-pad
  dephygiene verify @types/node@^20 packages/app
`;

/** Inspects one package. */
export const verify: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('verify', args, {
      ...{ ...FORMAT_OPTIONS, offline: 'boolean', trust: 'boolean', 'trusted-root': 'string' },
    });
    const format = formatOf(given, ['text', 'json']);
    const [typed, ...rest] = given.positionals;
    if (typed === 'signatures' || typed === 'attestations') {
      throw new WrongUse(
        `verify takes one package; run "dephygiene audit signatures" for all packages, or verify "${typed}@latest" for the package of that name.`,
      );
    }
    const query = typed === undefined ? undefined : readPackageQuery(typed);
    if (query === undefined || packumentUrl('https://registry.example.test/', query.name) === undefined) {
      throw new WrongUse(
        'verify takes the name of a package; run "dephygiene verify <name[@version]> [dir]".',
      );
    }
    const directory = await directoryOf(`verify ${typed}`, rest);
    const trustedRoot = await trustedRootOf(given.text('trusted-root'));
    const online = !given.flag('offline');
    const trusted = given.flag('trust');
    const { session, ports, project } = await openProject(directory, { online, trusted, trustedRoot });
    const { verifyPackage, verifyCard, verifyText, verifyJson } = await import(
      '../../engine/verify/verify.ts'
    );
    const request = { name: query.name, asked: query.version, project };
    const verified = await verifyPackage(request, { session, ports, online });
    const card = verifyCard(verified);
    const { columns, colour } = terminal;
    terminal.out(format === 'json' ? verifyJson(verified) : verifyText(card, { columns, colour }));
    session.dispose();
    return EXIT_CODES[card.judgement];
  },
};

const EXIT_CODES: Readonly<Record<Judgement, ExitCode>> = { right: 0, wrong: 1, doubtful: 1, incomplete: 2 };

/** Returns the path given by `--trusted-root`. Throws `WrongUse` if it cannot be read. */
export async function trustedRootOf(typed: string | undefined): Promise<string | undefined> {
  if (typed === undefined) return undefined;
  const path = resolve(typed);
  await readGiven(`--trusted-root ${typed}`, path, 'the path of a trusted_root.json');
  return path;
}
