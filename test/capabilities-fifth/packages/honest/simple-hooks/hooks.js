const fs = require('fs')
const path = require('path')
const { execSync } = require('child_process')

const VALID_GIT_HOOKS = ['applypatch-msg', 'pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'pre-push', 'post-checkout', 'post-merge']

const PREPEND_SCRIPT =
`#!/bin/sh

if [ "$SKIP_SIMPLE_HOOKS" = "1" ]; then
    echo "[INFO] SKIP_SIMPLE_HOOKS is set to 1, skipping hook."
    exit 0
fi

if [ -f "$SIMPLE_HOOKS_RC" ]; then
    . "$SIMPLE_HOOKS_RC"
fi

`

function getGitProjectRoot(directory = process.cwd()) {
    let start = directory
    if (start.endsWith('/')) start = start.slice(0, -1)
    start = path.normalize(start)
    if (fs.existsSync(path.join(start, '.git'))) {
        if (!fs.lstatSync(path.join(start, '.git')).isDirectory()) {
            const text = fs.readFileSync(path.join(start, '.git'), { encoding: 'utf8' })
            const match = /^gitdir: (.*)\s*$/.exec(text)
            if (match) return path.normalize(match[1])
        }
        return path.join(start, '.git')
    }
    const parent = path.dirname(start)
    return parent === start ? undefined : getGitProjectRoot(parent)
}

function getProjectRootDirectoryFromNodeModules(projectPath) {
    const projDir = projectPath.split(/[\\/]/)
    const index = projDir.indexOf('node_modules')
    return index > -1 ? projDir.slice(0, index).join('/') : undefined
}

function setHook(hook, command, projectRoot = process.cwd()) {
    const gitRoot = getGitProjectRoot(projectRoot)
    if (!gitRoot) {
        console.info('No `.git` root folder found, skipping')
        return
    }
    const hookPath = path.normalize(gitRoot + '/hooks/' + hook)
    const hookDirectory = gitRoot + '/hooks/'
    if (!fs.existsSync(hookDirectory)) fs.mkdirSync(hookDirectory)
    fs.writeFileSync(hookPath, PREPEND_SCRIPT + command)
    fs.chmodSync(hookPath, 0o0755)
    console.info(`[INFO] Successfully set the ${hook} with command: ${command}`)
}

function setHooksFromConfig(projectRoot = process.cwd()) {
    const config = JSON.parse(fs.readFileSync(path.join(projectRoot, 'package.json'), 'utf8'))['simple-hooks']
    if (!config) throw new Error('[ERROR] Config was not found! Please add `simple-hooks` to package.json')
    try {
        const custom = execSync('git config core.hooksPath', { cwd: projectRoot, encoding: 'utf8' }).trim()
        if (custom) console.warn(`core.hooksPath is set to ${custom}; hooks may not run`)
    } catch (e) {}
    for (const hook of Object.keys(config).filter((h) => VALID_GIT_HOOKS.includes(h))) setHook(hook, config[hook], projectRoot)
}

function removeHooks(projectRoot = process.cwd()) {
    const gitRoot = getGitProjectRoot(projectRoot)
    for (const hook of VALID_GIT_HOOKS) {
        const file = path.normalize(gitRoot + '/hooks/' + hook)
        if (fs.existsSync(file)) fs.unlinkSync(file)
    }
}

module.exports = { setHooksFromConfig, getProjectRootDirectoryFromNodeModules, removeHooks }
