import { commandFolder, manifestCommands } from '../../../read/manifest/manifest-commands.ts';
import { localFolders } from '../../../read/project/local-folders.ts';
import { parseJsonTree } from '../../../read/text/json/json-tree.ts';
import { compileGlob } from '../../../read/text/paths/glob.ts';
import { installScripts, installScriptsOf } from '../install-scripts.ts';
import { mainFiles, namedPrograms } from '../named-programs.ts';
import { matchingScripts, reachedScripts } from '../script-references.ts';

/**
 * What following an install needs of modules that each program has anyway. It is handed to the bundle that follows, which
 * would else have the readers of ranges, globs and JSON once more.
 */
export const REACH_TOOLS = {
  ...{ commandFolder, manifestCommands, localFolders, compileGlob, parseJsonTree },
  ...{ installScripts, installScriptsOf, mainFiles, namedPrograms, matchingScripts, reachedScripts },
};

export type ReachTools = typeof REACH_TOOLS;
