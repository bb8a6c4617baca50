/** A reference with the commit, or other object, that it leads to. */
export interface GitReference {
  readonly name: string;
  readonly object: string;
}

/** The arguments that list the references which git may take a name for, in the form that `parseReferences` reads. */
export function referenceArguments(name: string): readonly string[] {
  const format = '--format=%(refname) %(objectname) %(*objectname)';
  return ['for-each-ref', format, ...referencesCalled(name)];
}

/** Returns what a revision begins with: `origin/main` of `origin/main~2`. Undefined for what is no short name. */
export function nameInRevision(revision: string): string | undefined {
  const name = /^[^~^:@{}\s]+/.exec(revision)?.[0];
  const isFull =
    name === undefined || name.startsWith('refs/') || /^(?:[\da-f]{40}|[\da-f]{64})$/i.test(name);
  // git's own files, such as HEAD and FETCH_HEAD, come before all references.
  return isFull || /^[A-Z_]+$/.test(name) ? undefined : name;
}

/** Reads what `for-each-ref` lists; a pattern of it stands for all below it as well. */
export function parseReferences(out: string, name: string): readonly GitReference[] {
  const wanted = new Set(referencesCalled(name));
  return out.split('\n').flatMap((line) => {
    const [reference = '', object = '', peeled = ''] = line.split(' ');
    return wanted.has(reference) ? [{ name: reference, object: peeled === '' ? object : peeled }] : [];
  });
}

/** In git's order, in which the first wins: somebody who may push a tag could otherwise choose what a branch's name means. */
function referencesCalled(name: string): readonly string[] {
  return [
    `refs/${name}`,
    ...['tags', 'heads', 'remotes'].map((kind) => `refs/${kind}/${name}`),
    `refs/remotes/${name}/HEAD`,
  ];
}
