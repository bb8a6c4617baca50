"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const core = require("@actions/core");
const github = require("@actions/github");
const fs = require("fs");
const path = require("path");
const crypto = require("crypto");
const { globSync } = require("glob");
const mime = require("mime");

async function findOrCreate(octokit, repo, tag, opts) {
    try {
        return (await octokit.rest.repos.getReleaseByTag({ ...repo, tag })).data;
    } catch (err) {
        if (err.status !== 404) throw err;
        core.info(`Creating release ${tag}`);
        return (await octokit.rest.repos.createRelease({ ...repo, tag_name: tag, name: opts.name || tag, body: opts.body, draft: opts.draft, prerelease: /-/.test(tag), target_commitish: process.env.GITHUB_SHA })).data;
    }
}

async function upload(octokit, repo, release, file) {
    const name = path.basename(file);
    const data = fs.readFileSync(file);
    const current = release.assets.find((a) => a.name === name);
    if (current) {
        core.info(`Deleting previously uploaded asset ${name}`);
        await octokit.rest.repos.deleteReleaseAsset({ ...repo, asset_id: current.id });
    }
    core.info(`Uploading ${name} (${data.length} bytes)`);
    await octokit.rest.repos.uploadReleaseAsset({ ...repo, release_id: release.id, name, data, headers: { "content-type": mime.getType(file) || "application/octet-stream", "content-length": data.length } });
    return { name, sha256: crypto.createHash("sha256").update(data).digest("hex") };
}

async function run() {
    try {
        const token = core.getInput("token") || process.env.GITHUB_TOKEN;
        if (!token) throw new Error("token input is required");
        core.setSecret(token);
        const octokit = github.getOctokit(token);
        const { repo, ref } = github.context;
        if (!ref.startsWith("refs/tags/")) throw new Error("GitHub Releases requires a tag");
        const tag = ref.replace("refs/tags/", "");
        const body = core.getInput("body_path") ? fs.readFileSync(core.getInput("body_path"), "utf8") : core.getInput("body");
        const release = await findOrCreate(octokit, repo, tag, { body, draft: core.getInput("draft") === "true", name: core.getInput("name") });
        const files = core.getInput("files").split(/\r?\n/).filter(Boolean).flatMap((p) => globSync(p, { nodir: true }));
        const sums = [];
        for (const f of files) sums.push(await upload(octokit, repo, release, f));
        core.setOutput("url", release.html_url);
        core.setOutput("checksums", sums.map((s) => `${s.sha256}  ${s.name}`).join("\n"));
    } catch (error) {
        core.setFailed(error.message);
    }
}
run();
