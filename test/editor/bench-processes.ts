import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './workspace-copy.ts';

/** A process of the editor under test, on Linux. */
interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** The language servers of one window. */
export interface Servers {
  readonly ours: number;
  readonly json: number;
}

/** Returns the process ids of the servers of the window whose extensions are in a folder; undefined elsewhere than on Linux. */
export function serversOf(serverDataDir: string): Servers | undefined {
  if (process.platform !== 'linux') return;
  const all = processes();
  // The newest: a closed window's extension host lives on for a while.
  const ours = all
    .filter(({ command }) => command.includes(serverDataDir) && command.includes('dist/server.js'))
    .at(-1);
  const json = all.find(
    ({ parent, command }) => parent === ours?.parent && command.includes('jsonServerMain'),
  );
  return ours === undefined || json === undefined ? undefined : { ours: ours.pid, json: json.pid };
}

function processes(): readonly RunningProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .flatMap((name) => {
      try {
        const parent = Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
        return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        return [];
      }
    })
    .toSorted((a, b) => a.pid - b.pid);
}

/** Returns the resident memory of a process in MiB. */
export function residentMemory(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/**
 * Returns the processor time that the threads of a process have used, in milliseconds. The counters of the process
 * itself are in ticks of 10 ms, which is more than it uses in minutes of rest.
 */
export function processorTime(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = tasks.map((task) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

/** Creates a project whose lockfile has so many packages; returns the lockfile. */
export function lockfileOf(packages: number): string {
  const folder = join(temporaryFolder('dependency-hygiene-workspace'), 'app');
  mkdirSync(folder);
  const names = Array.from({ length: packages }, (_, at) => `package-${at}`);
  const dependencies = Object.fromEntries(names.slice(0, 100).map((name) => [name, '^1.0.0']));
  const entries = names.map((name, at) => [
    `node_modules/${name}`,
    {
      version: '1.0.0',
      resolved: `https://registry.example.test/${name}/-/${name}-1.0.0.tgz`,
      integrity: `sha512-${Buffer.from(String(at).padEnd(64)).toString('base64')}`,
      license: 'MIT',
      dependencies: { [names[(at + 1) % packages]!]: '^1.0.0' },
    },
  ]);
  const lockfile = {
    name: 'app',
    lockfileVersion: 3,
    packages: { '': { name: 'app', dependencies }, ...Object.fromEntries(entries) },
  };
  writeFileSync(join(folder, '.npmrc'), 'registry=https://registry.example.test/\n');
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', dependencies }, undefined, 2));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfile, undefined, 2));
  return join(folder, 'package-lock.json');
}
