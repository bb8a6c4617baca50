import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkOf, npmCommand, writeConfigs } from './check-rows.ts';
import { medianOf, type Row } from './figures.ts';
import { startServer } from './language-server.ts';
import { HUGE, writeMadeUpProject } from './lockfile-texts.ts';
import { settledHeap } from './many-projects.ts';
import { npmVersion } from './peers.ts';
import { costsOf } from './whole-process.ts';

const REWRITES = 6;

interface Paths {
  readonly cli: string;
  readonly server: string;
  readonly folder: string;
}

/** Measures the check of a package-lock.json of 48 MB as a whole process, against npm's own. */
export async function hugeRows({ cli, folder }: Pick<Paths, 'cli' | 'folder'>): Promise<readonly Row[]> {
  const project = hugeProject(folder);
  const checkCommand = checkOf(cli, project, writeConfigs(folder).all);
  const [check] = await costsOf([checkCommand], project, folder, 1);
  // It takes minutes, so that warm caches make no difference.
  const [ls] = await costsOf([npmCommand('ls', 'http://127.0.0.1:9/')], project, folder, 1, { warmUps: 0 });
  const what = `check --offline, ${HUGE} packages`;
  const peer = `npm ${npmVersion()} ls`;
  return [
    {
      ...{ what, unit: 'ms', ours: check!.milliseconds, peer, theirs: ls!.milliseconds },
      ...{ must: 0.15, stretch: 0.07 },
    },
    {
      ...{ what: `${what}, peak memory`, unit: 'MiB', ours: check!.mebibytes ?? Number.NaN, peer },
      ...{ theirs: ls!.mebibytes, must: 1, stretch: 0.75 },
    },
  ];
}

function hugeProject(folder: string): string {
  const project = join(folder, 'projects', 'huge');
  if (existsSync(project)) return project;
  mkdirSync(project, { recursive: true });
  writeMadeUpProject(project, HUGE);
  return project;
}

/**
 * Measures an edit of one character of that lockfile in the language server against parsing it from scratch, and the
 * server's memory. The same character is added and removed at the start, in the middle and at the end, in a version and
 * in a hash; between any two of these edits the whole text is replaced.
 */
export async function hugeEditRows({
  server,
  folder,
}: Pick<Paths, 'server' | 'folder'>): Promise<readonly Row[]> {
  const project = hugeProject(folder);
  const text = readFileSync(join(project, 'package-lock.json'), 'utf8');
  const uri = pathToFileURL(join(project, 'package-lock.json')).href;
  const lines = text.split('\n');
  const kind = { name: 'ours', command: [server, '--stdio'], pull: true, initializationOptions: {} };
  const running = await startServer({ ...kind, reportsHeap: true }, pathToFileURL(project).href);
  const started = await running.heap();
  await running.open(uri, 'json', text);
  const edits: number[] = [];
  const readings: number[] = [];
  for (let round = 0; round < REWRITES; round++) {
    const place = (lines.length * (0.01 + (round % 3) * 0.49)) | 0;
    const field = round < 3 ? '"version": "' : '"integrity": "sha512-';
    const line = lines.findIndex((each, at) => at > place && each.startsWith(`      ${field}`));
    const from = lines[line]!.indexOf(field) + field.length;
    edits.push(await running.edit(uri, line, from, from, '9'));
    edits.push(await running.edit(uri, line, from, from + 1, ''));
    readings.push(await running.rewrite(uri, `${text}${' '.repeat(round + 1)}`));
  }
  const open = await running.heap();
  await running.close(uri);
  await running.closeFolder();
  const closed = await settledHeap(running);
  await running.stop();
  return [
    {
      ...{
        what: 'edit of a character in that package-lock.json of 48 MB',
        unit: 'ms',
        ours: medianOf(edits),
      },
      ...{ peer: 'reading it anew', theirs: medianOf(readings), must: 0.2, stretch: 0.1 },
    },
    {
      ...{
        what: 'that file open, heap beyond that of the start',
        unit: 'MiB',
        ours: open.used - started.used,
      },
      ...{ peer: undefined, theirs: undefined, must: undefined },
    },
    {
      ...{ what: 'that file and its folder closed, the same', unit: 'MiB', ours: closed.used - started.used },
      ...{ peer: 'open', theirs: open.used - started.used, must: 0.1, stretch: 0.05 },
    },
  ];
}
