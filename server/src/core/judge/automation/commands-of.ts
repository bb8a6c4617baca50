import type { Automation, AutomationJob, AutomationStep } from '../../read/automation/automation.ts';
import { type ProgramCall, programCalls } from '../../read/automation/program-calls.ts';
import type { ManagerSpec } from '../../read/manager/manager-spec.ts';
import { managerOfProgram } from '../../read/manager/managers.ts';
import type { TypedInstall } from '../../read/manager/model/typed-commands.ts';
import type { Span } from '../../read/text/span.ts';

/** A program that a step of a job starts. */
export interface StepCall extends ProgramCall {
  readonly job: AutomationJob;
  readonly step: AutomationStep;
}

/** One that installs something, as its package manager understands it. */
export interface InstallCall extends StepCall {
  readonly spec: ManagerSpec;
  readonly install: TypedInstall;
}

const known = new WeakMap<Automation, readonly StepCall[]>();

/** Returns the programs that all jobs of a file start, in order. */
export function callsOf(file: Automation): readonly StepCall[] {
  let calls = known.get(file);
  if (calls === undefined) {
    calls = file.jobs.flatMap((job) =>
      job.steps.flatMap((step) =>
        programCalls(step.commands).map((call) => ({
          ...call,
          isElsewhere: call.isElsewhere || step.isElsewhere,
          job,
          step,
        })),
      ),
    );
    known.set(file, calls);
  }
  return calls;
}

/**
 * Returns those that install something. With a variable in place of an option or a package it is unknown what, except for a
 * package that runs once and is named before.
 */
export function installsOf(file: Automation): readonly InstallCall[] {
  return callsOf(file).flatMap((call) => {
    const spec = managerOfProgram(call.program);
    if (spec === undefined) return [];
    const unknown = call.args.findIndex(({ isVariable, text }) => isVariable && !text.startsWith('-'));
    const known = unknown === -1 ? call.args : call.args.slice(0, unknown);
    const install = spec.typed.read(
      call.program,
      known.map(({ text }) => text),
    );
    if (install.type !== 'install' || (unknown !== -1 && install.place !== 'once')) return [];
    return [{ ...call, spec, install }];
  });
}

/** Returns the span from the program to its last argument. */
export function spanOfCall({ word, args }: ProgramCall): Span {
  return { start: word.span.start, end: (args.at(-1) ?? word).span.end };
}
