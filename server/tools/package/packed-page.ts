/**
 * Returns a page of the repository as it is packed: with links and pictures that work outside of it.
 * @param repository the URL of the repository, such as https://git.example.test/acme/dependency-hygiene; without it,
 * links are plain text, and lines with pictures are left out
 */
export function packedPage(markdown: string, repository: string | undefined): string {
  if (repository === undefined) {
    const lines = markdown.split('\n').filter((line) => !line.startsWith('!['));
    return lines.join('\n').replace(RELATIVE, (_, _mark, text: string) => text);
  }
  return markdown.replace(
    RELATIVE,
    (_, mark: string, text: string, path: string) =>
      `${mark}[${text}](${repository}/${mark === '!' ? 'raw' : 'blob'}/main/${path})`,
  );
}

/** A link or picture with a path. */
const RELATIVE = /(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)/g;
