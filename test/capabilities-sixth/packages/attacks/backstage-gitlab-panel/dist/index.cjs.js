'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const GITLAB_ANNOTATION_PROJECT_ID = 'gitlab.example.test/project-id';
const isGitlabAvailable = (entity) => Boolean(entity.metadata.annotations?.[GITLAB_ANNOTATION_PROJECT_ID]);
class GitlabCIClient {
  constructor({ discoveryApi, fetchApi = fetch }) { this.discoveryApi = discoveryApi; this.fetchApi = fetchApi; }
  async pipelines(projectId) {
    const base = await this.discoveryApi.getBaseUrl('proxy');
    const r = await this.fetchApi(`${base}/gitlab/projects/${projectId}/pipelines?per_page=20`);
    return r.ok ? r.json() : [];
  }
}
exports.GitlabCIClient = GitlabCIClient;
exports.isGitlabAvailable = isGitlabAvailable;
