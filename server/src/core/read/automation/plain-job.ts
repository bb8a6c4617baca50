import type { ScriptCommand } from '../text/shell/read-shell-script.ts';
import type { Located, Span } from '../text/span.ts';
import type { AutomationJob } from './automation.ts';

/** Returns a job that runs commands and has nothing else. */
export function plainJob(
  name: Located<string>,
  span: Span,
  commands: readonly ScriptCommand[],
  script: Located<string> | undefined,
): AutomationJob {
  return {
    name,
    ...{ env: [], permissions: undefined, hasMatrix: false, hasEnvironment: false, condition: '' },
    steps: [
      {
        name: name.value,
        ...{ span, uses: undefined, with: [], env: [], condition: '', ignoresFailure: undefined },
        ...{ isElsewhere: false, commands, script, instruction: undefined },
      },
    ],
  };
}
