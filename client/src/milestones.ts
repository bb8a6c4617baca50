import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/lsp/messages.ts';

/** What the steps of the walkthrough wait for, as context keys `dependencyHygiene.<name>`. */
export type Milestone = 'opened' | 'hovered' | 'fixed';

export interface Milestones {
  reach(milestone: Milestone): void;
  /** Reaches `fixed` once there are fewer errors and warnings in the same projects. */
  follow(status: StatusParams): void;
}

export function createMilestones(): Milestones {
  const reached = new Set<Milestone>();
  let before: StatusParams | undefined;
  const reach = (milestone: Milestone) => {
    if (reached.has(milestone)) return;
    reached.add(milestone);
    void vscode.commands.executeCommand('setContext', `dependencyHygiene.${milestone}`, true);
  };
  return {
    reach,
    follow(status) {
      if (status.working) return;
      if (before?.projects === status.projects && serious(status) < serious(before)) reach('fixed');
      before = status;
    },
  };
}

function serious({ errors, warnings }: StatusParams): number {
  return errors + warnings;
}
