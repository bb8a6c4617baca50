/** A question with a name. Its SQL is the same for every engine that has the tables. */
export interface NamedQuestion {
  /** What it takes: the name of a package, with its version where that is optional. */
  readonly takes: 'nothing' | 'package';
  readonly help: string;
  sql(asked: AskedPackage): string;
}

export interface AskedPackage {
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * Writes a text as a string of SQL. The backslash is an escape in some engines and a letter in others, so there is none:
 * `isPlainText` has to hold.
 */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Checks for texts that every engine reads the same. */
export function isPlainText(text: string): boolean {
  return /^[^\\\p{Cc}]+$/u.test(text);
}

const matching = ({ name, version }: AskedPackage) =>
  `name = ${quoted(name)}${version === undefined ? '' : ` AND version = ${quoted(version)}`}`;

/** A package is internal if a repository consists of it: by its name, as versions of members are often made up. */
const INTERNAL = `FROM packages
JOIN members ON packages.name = members.name
WHERE packages.repository <> members.repository`;

export const NAMED_QUESTIONS: Readonly<Record<string, NamedQuestion>> = {
  'who-uses': {
    takes: 'package',
    help: 'the lockfiles that lock a package, or one version of it',
    sql: (asked) => `SELECT repository, lockfile, version, scope, depth
FROM packages
WHERE ${matching(asked)}
ORDER BY repository, lockfile, version`,
  },
  versions: {
    takes: 'package',
    help: 'the versions of a package in use, most used first',
    sql: (asked) => `SELECT version, count(DISTINCT repository) AS repositories, count(*) AS lockfiles
FROM packages
WHERE ${matching(asked)}
GROUP BY version
ORDER BY repositories DESC, lockfiles DESC, version`,
  },
  internal: {
    takes: 'nothing',
    help: 'packages of one repository that another one locks',
    sql: () => `SELECT packages.name AS name, count(DISTINCT packages.repository) AS repositories,
  count(DISTINCT packages.version) AS versions
${INTERNAL}
GROUP BY packages.name
ORDER BY repositories DESC, name`,
  },
  'internal-users': {
    takes: 'nothing',
    help: 'who locks which version of these packages',
    sql: () => `SELECT DISTINCT packages.name AS name, packages.version AS version,
  packages.repository AS repository, packages.lockfile AS lockfile
${INTERNAL}
ORDER BY name, version, repository, lockfile`,
  },
  publishers: {
    takes: 'nothing',
    help: 'packages by publisher of the locked version',
    sql: () => `SELECT publisher, count(DISTINCT name) AS packages, count(DISTINCT repository) AS repositories
FROM packages
GROUP BY publisher
ORDER BY packages DESC, publisher`,
  },
  scripts: {
    takes: 'nothing',
    help: 'packages whose lockfile records an install script',
    sql: () => `SELECT name, version, count(DISTINCT repository) AS repositories
FROM packages
WHERE install_script
GROUP BY name, version
ORDER BY repositories DESC, name, version`,
  },
  licenses: {
    takes: 'nothing',
    help: 'packages by license, as far as lockfiles record it',
    sql: () => `SELECT license, count(DISTINCT name) AS packages
FROM packages
GROUP BY license
ORDER BY packages DESC, license`,
  },
};
