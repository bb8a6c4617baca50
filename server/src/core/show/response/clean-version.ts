import type { BadPackage } from '../../judge/remedy/bad-package.ts';
import { projectGraph } from '../../judge/remedy/project-graph.ts';
import {
  type ChoiceContext,
  createVersionChoice,
  distanceFromLine,
} from '../../judge/remedy/version-choice.ts';
import type { CleanVersion } from './malware-response.ts';

/** Returns the version to use instead of a malicious one: compatible if there is one, the nearest on either side. */
export function cleanVersion(context: ChoiceContext, bad: BadPackage): CleanVersion | undefined {
  const choice = createVersionChoice(context, projectGraph(context)).instead(bad, (version) =>
    distanceFromLine(bad.version, version),
  );
  if (choice === undefined) return undefined;
  return { version: choice.version, advisories: choice.leaves.length, isListed: choice.isListed };
}
