import { commandFolder, manifestCommands } from '../../../manifest/manifest-commands.ts';
import { localFolders } from '../../../project/local-folders.ts';
import { compileGlob } from '../../../text/glob.ts';
import { parseJsonTree } from '../../../text/json-tree.ts';
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
