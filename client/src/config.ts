import type { DocumentFilter } from 'vscode';

/** The files that are checked while they are edited, by name, whatever language VS Code takes them for. */
const CHECKED_NAMES = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  '.npmrc',
  'dependency-hygiene.json',
];

/** Which documents the server is told about. In remote windows their scheme is `file` as well. */
export const DOCUMENT_SELECTOR: DocumentFilter[] = CHECKED_NAMES.map((name) => ({
  scheme: 'file',
  pattern: `**/${name}`,
}));

/** The commands that the user sees, as package.json contributes them. */
export const COMMANDS = {
  restart: 'dependencyHygiene.restart',
  showLog: 'dependencyHygiene.showLog',
  checkWorkspace: 'dependencyHygiene.checkWorkspace',
} as const;

export const DISPLAY_NAME = 'Dependency Hygiene';
