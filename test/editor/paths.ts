import { fileURLToPath } from 'node:url';

/** The repository's root: the extension's manifest lies here. Absolute, without a trailing slash. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Where runs of the editor leave logs, results and screenshots; ignored by git. */
export const artifactsRoot = fileURLToPath(new URL('../.artifacts/editor', import.meta.url));

/** Where the editor itself is installed; ignored by git and kept between runs. */
export const editorsRoot = fileURLToPath(new URL('../../.vscode-test', import.meta.url));
