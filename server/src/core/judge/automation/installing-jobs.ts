import type { Automation } from '../../read/automation/automation.ts';
import { installsOf } from './commands-of.ts';

/** A command of a job that installs what the manifests of a folder declare. */
export interface ProjectInstall {
  readonly job: string;
  readonly command: string;
  readonly isFrozen: boolean;
}

const MAX_COMMAND = 200;

/** Returns the commands of a file with which the package manager of this name installs a project. */
export function projectInstalls(file: Automation, manager: string): readonly ProjectInstall[] {
  return installsOf(file).flatMap(({ spec, install, job, word, args }) => {
    if (spec.name !== manager || install.place !== 'project') return [];
    const command = [word, ...args].map(({ text }) => text).join(' ');
    return [{ job: job.name.value, command: command.slice(0, MAX_COMMAND), isFrozen: install.isFrozen }];
  });
}
