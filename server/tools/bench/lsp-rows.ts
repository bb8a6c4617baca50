import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Figures, figuresOf, type Row } from './figures.ts';
import { type RunningServer, type ServerKind, startServer } from './language-server.ts';
import { EDITED, writeLargeProject } from './large-project.ts';
import { peerFile, peerName } from './peers.ts';

const STARTS = 9;
/** A multiple of the number of servers, as each is first equally often. */
const EDITS = 102;
const LOCKFILE_EDITS = 25;

interface Measured {
  readonly kind: ServerKind;
  readonly initialize: number[];
  readonly open: number[];
  /** Opening the manifest, and the lockfile after it; measured of a peer that pulls, as ours reads both for the manifest. */
  readonly openBoth: number[];
  readonly edits: number[];
  readonly lockfileEdits: number[];
}

/**
 * Measures the built language server over stdio with a manifest of 2,000 lines and a lockfile of 4,400 packages,
 * against VS Code's JSON language server with the manifest only; and both inside that lockfile.
 */
export async function lspRows(server: string, folder: string): Promise<readonly Row[]> {
  const project = join(folder, 'large');
  mkdirSync(project, { recursive: true });
  const manifest = writeLargeProject(project);
  const kinds = [true, false].map((pull): ServerKind => ({ ...ours(server), pull }));
  const measured = [...kinds, ...peers()].map(
    (kind): Measured => ({ kind, initialize: [], open: [], openBoth: [], edits: [], lockfileEdits: [] }),
  );
  const lockfile = readFileSync(join(project, 'package-lock.json'), 'utf8');
  for (let start = 1; start < STARTS; start++) {
    for (const each of measured) {
      const running = await opened(each, project, manifest);
      if (each.kind.pull) {
        const time = await running.open(uriOf(project, 'package-lock.json'), 'json', lockfile);
        each.openBoth.push(each.open.at(-1)! + time);
      }
      await running.stop();
    }
  }
  const servers: RunningServer[] = [];
  for (const each of measured) servers.push(await opened(each, project, manifest));
  await editManifest(measured, servers, project, manifest);
  await editLockfile(measured, servers, project, lockfile);
  for (const running of servers) await running.stop();
  return rowsOf(measured);
}

function rowsOf([pull, push, peerPull, peerPush]: readonly Measured[]): readonly Row[] {
  const name = peerName('vscode-langservers-extracted').replace('langservers-extracted', 'json');
  const row = (
    what: string,
    own: number[] | undefined,
    how: string,
    theirs: number[] | undefined,
    limits: readonly [must?: number, stretch?: number],
    figure: keyof Figures = 'median',
  ): Row => ({
    what,
    unit: 'ms',
    ours: figuresOf(own ?? [])[figure],
    peer: `${name}, ${how}`,
    theirs: theirs === undefined ? undefined : figuresOf(theirs)[figure],
    must: limits[0],
    stretch: limits[1],
  });
  const key = 'keystroke in a manifest of 2,000 lines, lockfile beside it';
  return [
    row('language server, start to initialize', pull?.initialize, 'pull', peerPull?.initialize, [0.8, 0.55]),
    row('open that manifest, cold', push?.open, 'pull, both files opened', peerPull?.openBoth, [1, 0.5]),
    row('open that manifest, cold', push?.open, 'push, manifest alone', peerPush?.open, []),
    row(`${key}, published`, push?.edits, 'pull', peerPull?.edits, [3, 1.5]),
    row(`${key}, pulled`, pull?.edits, 'pull', peerPull?.edits, [3, 1.5]),
    row(`${key}, published`, push?.edits, 'push', peerPush?.edits, [0.03, 0.01]),
    row(`${key}, 95th percentile`, push?.edits, 'pull', peerPull?.edits, [2, 1], 'p95'),
    row(
      'keystroke inside a package-lock.json of 3.5 MB',
      pull?.lockfileEdits,
      'pull',
      peerPull?.lockfileEdits,
      [1, 0.5],
    ),
  ];
}

function ours(server: string): Omit<ServerKind, 'pull'> {
  return { name: 'ours', command: [server, '--stdio'], initializationOptions: {} };
}

/** Returns VS Code's own JSON language server, pulled and pushed; none if it is not installed. */
function peers(): readonly ServerKind[] {
  const file = peerFile('vscode-langservers-extracted/bin/vscode-json-language-server');
  if (file === undefined) return [];
  return [true, false].map((pull) => ({
    ...{ name: 'vscode-json', command: [file, '--stdio'], initializationOptions: {} },
    pull,
  }));
}

/**
 * Opens the manifest cold. Servers are started in turn, so that other load on the machine affects all of them alike.
 */
async function opened(measured: Measured, project: string, manifest: string): Promise<RunningServer> {
  const server = await startServer(measured.kind, pathToFileURL(project).href);
  measured.initialize.push(server.initializeMs);
  measured.open.push(await server.open(uriOf(project, 'package.json'), 'json', manifest));
  return server;
}

/**
 * Changes one dependency's range to any version and back: each edit adds or removes a finding. The last server's timer
 * lets everything cool down before the next round, whose first server finds this process's memory evicted from the
 * caches: a different server each time.
 */
async function editManifest(
  measured: readonly Measured[],
  servers: readonly RunningServer[],
  project: string,
  manifest: string,
): Promise<void> {
  const uri = uriOf(project, 'package.json');
  const line = manifest.split('\n').findIndex((text) => text.includes(`"${EDITED.name}"`));
  const from = `    "${EDITED.name}": "`.length;
  let value = EDITED.value;
  for (let edit = 0; edit < EDITS; edit++) {
    const next = value === '*' ? EDITED.value : '*';
    const slow = servers.length - 1;
    for (const turn of servers.keys()) {
      const at = turn === slow ? slow : (turn + edit) % slow;
      measured[at]!.edits.push(await servers[at]!.edit(uri, line, from, from + value.length, next));
    }
    value = next;
  }
}

/** Changes one package's URL to another host and back, which adds and removes a finding. */
async function editLockfile(
  measured: readonly Measured[],
  servers: readonly RunningServer[],
  project: string,
  text: string,
): Promise<void> {
  const uri = uriOf(project, 'package-lock.json');
  const lines = text.split('\n');
  const line = lines.findIndex((each, at) => at > lines.length / 4 && each.includes('"resolved": "https://'));
  const from = lines[line]!.indexOf('https://');
  // A server that pushes takes half a second each time, and has no limit to meet.
  const pulling = servers.map((_, at) => at).filter((at) => measured[at]!.kind.pull);
  for (const at of pulling) await servers[at]!.open(uri, 'json', text);
  let scheme = 'https';
  for (let edit = 0; edit < LOCKFILE_EDITS; edit++) {
    const next = scheme === 'https' ? 'http' : 'https';
    for (const at of pulling) {
      measured[at]!.lockfileEdits.push(await servers[at]!.edit(uri, line, from, from + scheme.length, next));
    }
    scheme = next;
  }
}

function uriOf(project: string, name: string): string {
  return pathToFileURL(join(project, name)).href;
}
