import type { CodeTrait, StartedFile } from '../../read/project/started-code.ts';

const DOES: Readonly<Record<CodeTrait, string>> = {
  network: 'opens connections',
  download: 'saves downloads',
  programs: 'starts programs',
  environment: 'reads environment variables',
  credentials: 'names files with credentials',
  decodes: 'decodes text',
  evaluates: 'runs text as code',
};

/**
 * Formats what the files of a script do, each act once with its first place: `install.js opens connections (line 4), starts
 * programs (line 9); lib/a is not read, as it contains NUL bytes`. Undefined if there are no files.
 */
export function describeStarted(files: readonly StartedFile[]): string | undefined {
  const unread = files.flatMap(({ path, unread: why }) =>
    why === undefined ? [] : [`${path} is not read, as it ${why}`],
  );
  const does = whatTheyDo(files.filter((file) => file.unread === undefined));
  const all = does === undefined ? unread : [does, ...unread];
  return all.length === 0 ? undefined : all.join('; ');
}

function whatTheyDo(files: readonly StartedFile[]): string | undefined {
  const first = files[0];
  if (first === undefined) return undefined;
  const places = new Map<CodeTrait, string>();
  for (const { path, traits } of files)
    for (const { trait, line } of traits)
      if (!places.has(trait)) places.set(trait, path === first.path ? `line ${line}` : `${path}:${line}`);
  const does = Object.entries(DOES).flatMap(([trait, words]) => {
    const place = places.get(trait as CodeTrait);
    return place === undefined ? [] : [`${words} (${place})`];
  });
  const shown = does.length === 0 ? 'has neither connections nor programs in its text' : does.join(', ');
  return `${first.path} ${shown}`;
}
