import { commandFolder, manifestCommands } from '../../../read/manifest/manifest-commands.ts';
import { localFolders } from '../../../read/project/local-folders.ts';
import { parseJsonTree } from '../../../read/text/json/json-tree.ts';
import { compileGlob } from '../../../read/text/paths/glob.ts';
import { installScripts, installScriptsOf } from '../install-scripts.ts';
import { mainFiles, namedPrograms } from '../named-programs.ts';
import { matchingScripts, reachedScripts } from '../script-references.ts';

/**
 * The parts of modules every program already contains that following an install needs. Passed to that bundle, which
 * would otherwise duplicate the readers of ranges, globs and JSON.
 */
export const REACH_TOOLS = {
  ...{ commandFolder, manifestCommands, localFolders, compileGlob, parseJsonTree },
  ...{ installScripts, installScriptsOf, mainFiles, namedPrograms, matchingScripts, reachedScripts },
};

export type ReachTools = typeof REACH_TOOLS;
