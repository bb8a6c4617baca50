/** Why there is no new database: a sentence with what to do, or what is still in use. */
export class DatabaseProblem extends Error {}
