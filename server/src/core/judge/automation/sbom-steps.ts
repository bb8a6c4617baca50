import type { Automation } from '../../read/automation/automation.ts';
import { managerOfProgram } from '../../read/manager/managers.ts';
import { callsOf, type StepCall } from './commands-of.ts';

const PROGRAMS = /^(?:cyclonedx-npm|cdxgen|syft|bomgen)$/;
const PACKAGES = /^(?:@cyclonedx\/(?:cyclonedx-npm|cdxgen|bom)|cdxgen)(?:@|$)/;
const ACTIONS = /sbom|cyclonedx|syft|spdx/i;

/** Checks whether a job of the file makes an SBOM. */
export function makesSbom(file: Automation): boolean {
  return (
    file.jobs.some(({ steps }) => steps.some(({ uses }) => uses !== undefined && ACTIONS.test(uses.value))) ||
    callsOf(file).some(isSbomCall)
  );
}

function isSbomCall({ program, args }: StepCall): boolean {
  if (PROGRAMS.test(program)) return true;
  const words = args.filter(({ text }) => !text.startsWith('-')).map(({ text }) => text);
  const isRun = managerOfProgram(program) !== undefined || program === 'dephygiene';
  return isRun && words.slice(0, 3).some((word) => /^(?:[\w-]+:)?sbom\b/.test(word) || PACKAGES.test(word));
}
