/** Everything that builds advisory databases: a bundle of its own, as it is rarely needed. */
export { replaceFile } from '../files/replace-file.ts';
export { buildFrom } from './build-from.ts';
export { DatabaseProblem } from './database-problem.ts';
export { updateDatabase } from './update-database.ts';
