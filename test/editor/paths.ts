import { fileURLToPath } from 'node:url';

/** The repository's root, which contains the extension's manifest. Absolute, without a trailing slash. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** The folder of logs, results and screenshots of editor runs; ignored by git. */
export const artifactsRoot = fileURLToPath(new URL('../.artifacts/editor', import.meta.url));

/** The folder of the installed editor; ignored by git and kept between runs. */
export const editorsRoot = fileURLToPath(new URL('../../.vscode-test', import.meta.url));
