import type { Mechanism } from '../mechanism.ts';
import { ADDITIONS } from './additions.ts';
import { ALIASES } from './aliases.ts';
import { CONFIGURATIONS } from './configurations.ts';
import { GIT_COMMITS } from './git-commits.ts';
import { HASHES } from './hashes.ts';
import { HIDINGS_OF_PROJECTS } from './hiding.ts';
import { INSTALL_CODE } from './install-code.ts';
import { LOCAL_PATHS } from './paths.ts';
import { READINGS_OF_FILES } from './readings.ts';
import { SOURCES } from './sources.ts';
import { TARBALL_URLS } from './tarball-urls.ts';

/** Every mechanism, in the order of the table. */
export const MECHANISMS: readonly Mechanism[] = [
  ...TARBALL_URLS,
  ...LOCAL_PATHS,
  ...HASHES,
  ...SOURCES,
  ...ADDITIONS,
  ...GIT_COMMITS,
  ...ALIASES,
  ...READINGS_OF_FILES,
  ...HIDINGS_OF_PROJECTS,
  ...CONFIGURATIONS,
  ...INSTALL_CODE,
];
