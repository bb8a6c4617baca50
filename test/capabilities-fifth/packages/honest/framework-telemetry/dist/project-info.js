import { createHash } from "node:crypto";
import { execSync } from "node:child_process";
import detectPackageManager from "which-pm-runs";
const createAnonymousValue = (payload) => {
  // The payload is hashed, so that nothing personal leaves the machine.
  return payload === "" ? payload : createHash("sha256").update(payload).digest("hex");
};
function getProjectIdFromGit() {
  try {
    return execSync("git rev-list --max-parents=0 HEAD", { timeout: 1e3, stdio: ["ignore", "pipe", "ignore"] }).toString().trim();
  } catch {
    return null;
  }
}
function getProjectInfo(isCI) {
  const projectId = getProjectIdFromGit();
  return {
    isGit: Boolean(projectId),
    anonymousProjectId: createAnonymousValue(projectId ?? process.cwd()),
    packageManager: detectPackageManager()?.name,
    packageManagerVersion: detectPackageManager()?.version,
    isCI
  };
}
export { getProjectInfo };
