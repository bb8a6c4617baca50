'use strict';

const { execSync } = require('child_process');

const providers = [
  {
    detect: (env) => env.GITHUB_ACTIONS,
    config: (env) => ({ service: 'github-actions', branch: env.GITHUB_HEAD_REF || env.GITHUB_REF.replace(/^refs\/heads\//, ''), commit: env.GITHUB_SHA, build: env.GITHUB_RUN_ID, slug: env.GITHUB_REPOSITORY }),
  },
  {
    detect: (env) => env.GITLAB_CI,
    config: (env) => ({ service: 'gitlab', branch: env.CI_COMMIT_REF_NAME, commit: env.CI_COMMIT_SHA, build: env.CI_JOB_ID, slug: env.CI_PROJECT_PATH }),
  },
  {
    detect: (env) => env.CIRCLECI,
    config: (env) => ({ service: 'circleci', branch: env.CIRCLE_BRANCH, commit: env.CIRCLE_SHA1, build: env.CIRCLE_BUILD_NUM, slug: `${env.CIRCLE_PROJECT_USERNAME}/${env.CIRCLE_PROJECT_REPONAME}` }),
  },
  {
    detect: (env) => env.JENKINS_URL,
    config: (env) => ({ service: 'jenkins', branch: env.ghprbSourceBranch || env.GIT_BRANCH, commit: env.ghprbActualCommit || env.GIT_COMMIT, build: env.BUILD_NUMBER, build_url: env.BUILD_URL }),
  },
];

module.exports = function detect(env) {
  const found = providers.find((p) => p.detect(env));
  if (found) return found.config(env);
  const git = (c) => execSync(`git ${c}`).toString().trim();
  return { service: 'custom', branch: git('rev-parse --abbrev-ref HEAD'), commit: git('rev-parse HEAD') };
};
