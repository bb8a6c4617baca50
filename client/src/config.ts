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
  removeIgnore: 'dependencyHygiene.removeIgnore',
  revealInLockfile: 'dependencyHygiene.revealInLockfile',
  revealInManifest: 'dependencyHygiene.revealInManifest',
  openLockfile: 'dependencyHygiene.openLockfile',
  openLockfileChanges: 'dependencyHygiene.openLockfileChanges',
  refreshReview: 'dependencyHygiene.refreshReview',
  reportIssue: 'dependencyHygiene.reportIssue',
  reviewLockfiles: 'dependencyHygiene.reviewLockfiles',
  reviewScripts: 'dependencyHygiene.reviewScripts',
  showFixes: 'dependencyHygiene.showFixes',
  showReport: 'dependencyHygiene.showReport',
  showStatus: 'dependencyHygiene.showStatus',
  showUnchecked: 'dependencyHygiene.showUnchecked',
  wereWeHit: 'dependencyHygiene.wereWeHit',
} as const;

/** The views, as contributed by package.json. */
export const VIEW = 'dependencyHygiene.dependencies';
export const REVIEW_VIEW = 'dependencyHygiene.lockfileChanges';
export const INCIDENT_VIEW = 'dependencyHygiene.incidents';

export const DISPLAY_NAME = 'Dependency Hygiene';
