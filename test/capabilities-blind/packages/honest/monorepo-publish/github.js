export async function createRelease(remote, tags) {
  const token = process.env.GITHUB_TOKEN ?? process.env.GH_TOKEN;
  if (!token) return;
  const [, repo] = /[:/]([^/:]+\/[^/]+?)(?:\.git)?$/.exec(remote);
  for (const tag of tags) {
    const response = await fetch(`${process.env.GITHUB_API_URL ?? 'https://api.github.example.test'}/repos/${repo}/releases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' },
      body: JSON.stringify({ tag_name: tag, generate_release_notes: true }),
    });
    if (!response.ok) console.warn(`The release of ${tag} was not made: ${response.status}`);
  }
}
