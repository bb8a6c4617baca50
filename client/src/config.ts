import { type DocumentFilter, workspace } from 'vscode';
import { CHECKED_NAMES, CHECKED_PATHS } from '../../server/src/lsp/messages.ts';

/**
 * The schemes of files, and not of what else is shown of them, such as a commit's. In remote windows it is `file` as
 * well; virtual workspaces have their own, and in a browser so has the demo, which is in our storage.
 */
const SCHEMES: ReadonlySet<string> = new Set([
  'file',
  'vscode-userdata',
  ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme),
]);

/** The documents that are synchronized with the server. */
export const DOCUMENT_SELECTOR: DocumentFilter[] = [...SCHEMES].flatMap((scheme) =>
  [...CHECKED_NAMES, ...CHECKED_PATHS].map((path) => ({ scheme, pattern: `**/${path}` })),
);

/** The user's commands, as contributed by package.json. */
export const COMMANDS = {
  openDemo: 'dependencyHygiene.openDemo',
  restart: 'dependencyHygiene.restart',
  showLog: 'dependencyHygiene.showLog',
  checkWorkspace: 'dependencyHygiene.checkWorkspace',
  showPrivacy: 'dependencyHygiene.showPrivacy',
  updateAdvisories: 'dependencyHygiene.updateAdvisories',
  updateDependencies: 'dependencyHygiene.updateDependencies',
  clearFilter: 'dependencyHygiene.clearFilter',
  filterDependencies: 'dependencyHygiene.filterDependencies',
  groupDependencies: 'dependencyHygiene.groupDependencies',
  revealInLockfile: 'dependencyHygiene.revealInLockfile',
  revealInManifest: 'dependencyHygiene.revealInManifest',
  openLockfile: 'dependencyHygiene.openLockfile',
  openLockfileChanges: 'dependencyHygiene.openLockfileChanges',
  refreshReview: 'dependencyHygiene.refreshReview',
  reviewLockfiles: 'dependencyHygiene.reviewLockfiles',
  reviewScripts: 'dependencyHygiene.reviewScripts',
  showFixes: 'dependencyHygiene.showFixes',
  showReport: 'dependencyHygiene.showReport',
  showStatus: 'dependencyHygiene.showStatus',
  showUnchecked: 'dependencyHygiene.showUnchecked',
} as const;

/** The views, as contributed by package.json. */
export const VIEW = 'dependencyHygiene.dependencies';
export const REVIEW_VIEW = 'dependencyHygiene.lockfileChanges';

export const DISPLAY_NAME = 'Dependency Hygiene';
