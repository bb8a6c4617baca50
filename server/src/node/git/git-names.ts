/** A reference with the commit or other object that it points to. */
export interface GitReference {
  readonly name: string;
  readonly object: string;
}

/**
 * Returns the arguments that list the references which git may resolve a name to, in the format of `parseReferences`.
 */
export function referenceArguments(name: string): readonly string[] {
  const format = '--format=%(refname) %(objectname) %(*objectname)';
  return ['for-each-ref', format, ...referencesCalled(name)];
}

/**
 * Returns the name that a revision begins with: `origin/main` of `origin/main~2`. Undefined unless it is a short name.
 */
export function nameInRevision(revision: string): string | undefined {
  const name = /^[^~^:@{}\s]+/.exec(revision)?.[0];
  const isFull =
    name === undefined || name.startsWith('refs/') || /^(?:[\da-f]{40}|[\da-f]{64})$/i.test(name);
  // git's own files, such as HEAD and FETCH_HEAD, take precedence over references.
  return isFull || /^[A-Z_]+$/.test(name) ? undefined : name;
}

/** Parses the output of `for-each-ref`, whose patterns also match everything below them. */
export function parseReferences(out: string, name: string): readonly GitReference[] {
  const wanted = new Set(referencesCalled(name));
  return out.split('\n').flatMap((line) => {
    const [reference = '', object = '', peeled = ''] = line.split(' ');
    return wanted.has(reference) ? [{ name: reference, object: peeled === '' ? object : peeled }] : [];
  });
}

/**
 * Returns the names in git's order of precedence: otherwise somebody who may push a tag could choose what a
 * branch's name means.
 */
function referencesCalled(name: string): readonly string[] {
  return [
    `refs/${name}`,
    ...['tags', 'heads', 'remotes'].map((kind) => `refs/${kind}/${name}`),
    `refs/remotes/${name}/HEAD`,
  ];
}
