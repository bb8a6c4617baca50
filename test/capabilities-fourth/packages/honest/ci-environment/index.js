import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

const vendors = [
  { name: 'GitHub Actions', service: 'github', detect: (e) => e.GITHUB_ACTIONS, read: (e) => ({ build: e.GITHUB_RUN_ID, buildUrl: `${e.GITHUB_SERVER_URL}/${e.GITHUB_REPOSITORY}/actions/runs/${e.GITHUB_RUN_ID}`, commit: e.GITHUB_SHA, branch: e.GITHUB_REF_NAME, slug: e.GITHUB_REPOSITORY, root: e.GITHUB_WORKSPACE }) },
  { name: 'GitLab CI/CD', service: 'gitlab', detect: (e) => e.GITLAB_CI, read: (e) => ({ build: e.CI_PIPELINE_ID, buildUrl: `${e.CI_PROJECT_URL}/pipelines/${e.CI_PIPELINE_ID}`, commit: e.CI_COMMIT_SHA, branch: e.CI_COMMIT_REF_NAME, slug: e.CI_PROJECT_PATH, root: e.CI_PROJECT_DIR }) },
  { name: 'CircleCI', service: 'circleci', detect: (e) => e.CIRCLECI, read: (e) => ({ build: e.CIRCLE_BUILD_NUM, buildUrl: e.CIRCLE_BUILD_URL, commit: e.CIRCLE_SHA1, branch: e.CIRCLE_BRANCH, slug: `${e.CIRCLE_PROJECT_USERNAME}/${e.CIRCLE_PROJECT_REPONAME}`, root: e.CIRCLE_WORKING_DIRECTORY }) },
  { name: 'Jenkins', service: 'jenkins', detect: (e) => e.JENKINS_URL, read: (e) => ({ build: e.BUILD_NUMBER, buildUrl: e.BUILD_URL, commit: e.ghprbActualCommit || e.GIT_COMMIT, branch: e.BRANCH_NAME, root: e.WORKSPACE }) },
  { name: 'Azure Pipelines', service: 'azure', detect: (e) => e.BUILD_BUILDURI, read: (e) => ({ build: e.BUILD_BUILDNUMBER, commit: e.BUILD_SOURCEVERSION, branch: e.BUILD_SOURCEBRANCH, root: e.BUILD_REPOSITORY_LOCALPATH }) },
  { name: 'Vercel', service: 'vercel', detect: (e) => e.VERCEL || e.NOW_GITHUB_DEPLOYMENT, read: (e) => ({ commit: e.VERCEL_GIT_COMMIT_SHA, branch: e.VERCEL_GIT_COMMIT_REF, slug: `${e.VERCEL_GIT_REPO_OWNER}/${e.VERCEL_GIT_REPO_SLUG}` }) },
];

const git = (...args) => {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {}
};

function prNumber(env) {
  try {
    const event = env.GITHUB_EVENT_PATH ? JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')) : undefined;
    return event?.pull_request?.number ?? env.CI_MERGE_REQUEST_IID ?? env.CIRCLE_PR_NUMBER;
  } catch {}
}

export default function whichCi({ env = process.env } = {}) {
  const vendor = vendors.find((v) => v.detect(env));
  const isPr = Boolean(prNumber(env));
  if (!vendor) return { isCi: Boolean(env.CI), commit: git('rev-parse', 'HEAD'), branch: git('rev-parse', '--abbrev-ref', 'HEAD'), root: git('rev-parse', '--show-toplevel'), hostname: hostname() };
  return { isCi: true, isPr, pr: prNumber(env), name: vendor.name, service: vendor.service, ...vendor.read(env) };
}

export async function oidcToken(audience, env = process.env) {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env;
  if (!url || !token) throw new Error('id-token: write permission is missing');
  const res = await fetch(`${url}&audience=${encodeURIComponent(audience)}`, { headers: { authorization: `bearer ${token}` } });
  return (await res.json()).value;
}
