import type { GapStep } from '../../server/src/lsp/messages.ts';
import { COMMANDS } from './config.ts';
import { t } from './translate.ts';

export interface StepAction {
  /** An imperative clause. */
  readonly title: string;
  readonly icon: string;
  readonly command: string;
  readonly argument?: unknown;
}

/** What a step to close a gap is called, and the command that takes the user to it. */
const STEP_ACTIONS: Readonly<Record<Exclude<GapStep, 'asDescribed'>, StepAction>> = {
  trust: {
    get title() {
      return t('Trust this workspace to query registries');
    },
    icon: 'workspace-untrusted',
    command: 'workbench.trust.manage',
  },
  online: {
    get title() {
      return t('Turn on "dependencyHygiene.online" to query registries');
    },
    icon: 'globe',
    command: 'workbench.action.openSettings',
    argument: '@id:dependencyHygiene.online',
  },
  updateDatabase: {
    get title() {
      return t('Update the advisory database');
    },
    icon: 'cloud-download',
    command: COMMANDS.updateAdvisories,
  },
};

/** Returns the steps that have an action of their own: the list itself is offered in any case. */
export function ownActions(steps: readonly GapStep[]): readonly StepAction[] {
  return steps.flatMap((step) => (step === 'asDescribed' ? [] : STEP_ACTIONS[step]));
}
